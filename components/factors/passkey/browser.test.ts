import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { createPasskey, getPasskey, passkeysSupported } from "@/components/factors/passkey/browser";
import { signalAccepted, signalDetails, signalUnknown } from "@/components/factors/passkey/signals";

const [create, get, told] = [vi.fn(), vi.fn(), vi.fn()];
const whole = {
  parseCreationOptionsFromJSON: (options: object) => ({ ...options, parsed: "creation" }),
  parseRequestOptionsFromJSON: (options: object) => ({ ...options, parsed: "request" }),
  signalAllAcceptedCredentials: told,
  signalCurrentUserDetails: told,
  signalUnknownCredential: told,
};

/** The browser's side of the line: everything behind `navigator.credentials` is the browser's own. */
beforeEach(() => {
  vi.stubGlobal("PublicKeyCredential", whole);
  vi.stubGlobal("navigator", { credentials: { create, get } });
});
afterEach(() => {
  vi.unstubAllGlobals();
  for (const mock of [create, get, told]) mock.mockReset();
});

const refusing = (name: string) => async () => Promise.reject(new DOMException("words of the browser", name));

test("the server's JSON goes in, the authenticator's JSON comes out", async () => {
  create.mockResolvedValue({ toJSON: () => ({ id: "made" }) });
  get.mockResolvedValue({ toJSON: () => ({ id: "asked" }) });
  expect(await createPasskey('{"challenge":"one"}')).toEqual({ kind: "done", json: '{"id":"made"}' });
  expect(await getPasskey('{"challenge":"two"}')).toEqual({ kind: "done", json: '{"id":"asked"}' });
  expect(create).toHaveBeenCalledWith({ publicKey: { challenge: "one", parsed: "creation" } });
  expect(get).toHaveBeenCalledWith({ publicKey: { challenge: "two", parsed: "request" } });
});

test("the page can end it", async () => {
  const { signal } = new AbortController();
  create.mockResolvedValue(null);
  get.mockResolvedValue(null);
  for (const ask of [createPasskey, getPasskey]) expect(await ask("{}", signal)).toEqual({ kind: "cancelled" });
  for (const asked of [create, get]) expect(asked).toHaveBeenCalledWith(expect.objectContaining({ signal }));
});

test.each([
  ["NotAllowedError", "cancelled"],
  ["InvalidStateError", "already_registered"],
  ["AbortError", "aborted"],
  ["NotSupportedError", "unsupported"],
  ["SecurityError", "unsupported"],
  ["ConstraintError", "unsupported"],
  ["UnknownError", "unsupported"],
])("%s of a browser is %s, and nothing is thrown", async (name, kind) => {
  create.mockImplementation(refusing(name));
  get.mockImplementation(refusing(name));
  expect([await createPasskey("{}"), await getPasskey('{"timeout":60000}')]).toEqual([{ kind }, { kind }]);
});

test("whoever lets the time pass is told so, and whoever the page interrupts is not", async () => {
  vi.spyOn(performance, "now").mockReturnValueOnce(0).mockReturnValueOnce(60_000);
  get.mockImplementation(refusing("NotAllowedError"));
  expect(await getPasskey('{"timeout":60000}')).toEqual({ kind: "timed_out" });
  get.mockImplementation(refusing("SomebodysOwnReason"));
  expect(await getPasskey("{}", AbortSignal.abort())).toEqual({ kind: "aborted" });
});

test.each([
  ["no WebAuthn", undefined],
  ["WebAuthn of before", {}],
])("a browser with %s is asked for nothing", async (_, some) => {
  vi.stubGlobal("PublicKeyCredential", some);
  expect(passkeysSupported()).toBe(false);
  expect([await createPasskey("{}"), await getPasskey("{}")]).toEqual([
    { kind: "unsupported" },
    { kind: "unsupported" },
  ]);
  for (const signal of [signalAccepted, signalDetails, signalUnknown]) expect(await signal("{}")).toBe("unsupported");
  expect([create.mock.calls, get.mock.calls, told.mock.calls]).toEqual([[], [], []]);
});

test("a signal is told as it stands; one that a browser refuses disturbs nobody", async () => {
  for (const signal of [signalAccepted, signalDetails, signalUnknown])
    expect(await signal('{"rpId":"a.test"}')).toBe("done");
  expect(told.mock.calls).toEqual([[{ rpId: "a.test" }], [{ rpId: "a.test" }], [{ rpId: "a.test" }]]);
  told.mockImplementation(refusing("SecurityError"));
  for (const signal of [signalAccepted, signalDetails, signalUnknown]) expect(await signal("{}")).toBe("unsupported");
});
