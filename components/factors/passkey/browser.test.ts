import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { createPasskey, createUnasked, getPasskey, passkeysSupported } from "@/components/factors/passkey/browser";
import { makeUnasked } from "@/components/factors/passkey/make-unasked";
import { signalAccepted, signalDetails, signalUnknown } from "@/components/factors/passkey/signals";
import type { FormAction } from "@/lib/kernel/form-state";

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

describe("without a dialogue", () => {
  const able = { ...whole, getClientCapabilities: async () => ({ conditionalCreate: true }) };
  const { signal } = new AbortController();
  const options = '{"rp":{"id":"a.test"}}';
  const made = { id: "made", type: "public-key", response: { attestationObject: "x" } };
  const making = (keep: FormAction) => makeUnasked({ options, keep, signal });
  const refusedAs = (id: string) => vi.fn<FormAction>(async () => ({ status: "error", id, text: "" }));

  test.each([
    ["does not say what it can", whole],
    ["cannot", { ...whole, getClientCapabilities: async () => ({ conditionalGet: true }) }],
    ["has no WebAuthn", undefined],
  ])("a browser that %s is asked for nothing", async (_, some) => {
    vi.stubGlobal("PublicKeyCredential", some);
    expect(await createUnasked(options, signal)).toEqual({ kind: "unsupported" });
    expect(create).not.toHaveBeenCalled();
  });

  test("it is asked as the specification has it, and what it made is sent once", async () => {
    vi.stubGlobal("PublicKeyCredential", able);
    create.mockResolvedValue({ toJSON: () => made });
    const keep = vi.fn<FormAction>(async () => ({ status: "done" }));
    expect(await making(keep)).toBe(true);
    expect(create).toHaveBeenCalledWith(expect.objectContaining({ mediation: "conditional", signal }));
    expect(keep.mock.calls.map(([, form]) => String(form.get("credential")))).toEqual([
      expect.stringContaining('"made"'),
    ]);
    expect(told).not.toHaveBeenCalled();
  });

  test.each(["InvalidStateError", "NotAllowedError", "AbortError", "UnknownError"])(
    "%s is swallowed, and nothing is sent",
    async (name) => {
      vi.stubGlobal("PublicKeyCredential", able);
      create.mockImplementation(refusing(name));
      const keep = vi.fn<FormAction>();
      expect(await making(keep)).toBe(false);
      expect(keep).not.toHaveBeenCalled();
    },
  );

  test("what the portal does not keep is signalled away; not what somebody has, nor where no answer came", async () => {
    vi.stubGlobal("PublicKeyCredential", able);
    create.mockResolvedValue({ toJSON: () => made });
    const lost = vi.fn<FormAction>(async () => Promise.reject(new Error("no answer")));
    for (const keep of [refusedAs("passkey.not_new"), refusedAs("passkey.yours_already"), lost])
      expect(await making(keep)).toBe(false);
    expect(told).not.toHaveBeenCalled();
    expect(await making(refusedAs("passkey.not_kept"))).toBe(false);
    expect(told.mock.calls).toEqual([[{ rpId: "a.test", credentialId: "made" }]]);
  });
});
