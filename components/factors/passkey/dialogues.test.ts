import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { signInDialogues } from "@/components/factors/passkey/dialogues";

/** What the browser was asked for, in order; each waits until the story ends it. */
type Asked = { readonly isQuiet: boolean; readonly answer: () => void; readonly refuse: (name: string) => void };

const asked: Asked[] = [];
const [fetched, sent, now] = [vi.fn(), vi.fn(), vi.fn()];

/** The browser's side of the line, and the portal at its HTTP edge. */
beforeEach(() => {
  now.mockReturnValue(0);
  vi.stubGlobal("performance", { now });
  fetched.mockImplementation(async () => new Response("{}"));
  vi.stubGlobal("fetch", fetched);
  vi.stubGlobal("PublicKeyCredential", {
    parseCreationOptionsFromJSON: (options: object) => options,
    parseRequestOptionsFromJSON: (options: object) => options,
    isConditionalMediationAvailable: async () => true,
  });
  vi.stubGlobal("navigator", { credentials: { get } });
});
afterEach(() => {
  vi.unstubAllGlobals();
  asked.length = 0;
  for (const mock of [fetched, sent, now]) mock.mockReset();
});

const get = ({ mediation, signal }: CredentialRequestOptions) =>
  new Promise((resolve, reject) => {
    const refuse = (name: string) => reject(new DOMException("words of the browser", name));
    signal?.addEventListener("abort", () => refuse("AbortError"));
    const answer = () => resolve({ toJSON: () => ({ id: "asked", response: {} }) });
    asked.push({ isQuiet: mediation === "conditional", answer, refuse });
  });

/** Everything that has been promised is done. */
const settled = () => new Promise((resolve) => setImmediate(resolve));

async function opened() {
  const dialogues = signInDialogues(sent);
  dialogues.open();
  await settled();
  return dialogues;
}

const kinds = () => asked.map(({ isQuiet }) => (isQuiet ? "field" : "button"));

test("the button's dialogue ends the one in the field, and nothing ends the button's: no focus, no clock", async () => {
  const dialogues = await opened();
  const outcome = dialogues.press();
  dialogues.renew(); // the window comes back before the browser was even asked
  await settled();
  now.mockReturnValue(230_000);
  dialogues.renew();
  await settled();
  expect(kinds()).toEqual(["field", "button"]);
  asked[1]?.answer();
  expect(await outcome).toBeNull();
  dialogues.renew();
  await settled();
  expect([sent.mock.calls.length, kinds()]).toEqual([1, ["field", "button"]]);
});

test("whoever refuses the button's dialogue is told so, and has the one in the field again", async () => {
  const dialogues = await opened();
  const outcome = dialogues.press();
  await settled();
  asked[1]?.refuse("NotAllowedError");
  expect(await outcome).toBe("cancelled");
  await settled();
  expect(kinds()).toEqual(["field", "button", "field"]);
  expect(fetched).toHaveBeenCalledTimes(1); // nobody has spent the challenge
});

test("a second press while a dialogue is open opens no other", async () => {
  const dialogues = await opened();
  dialogues.press();
  expect(await dialogues.press()).toBe("aborted");
  await settled();
  expect(kinds()).toEqual(["field", "button"]);
});

test("a storm of focus is one question to the portal, one after twenty seconds, and never two at once", async () => {
  const dialogues = await opened();
  for (let count = 0; count < 5; count += 1) dialogues.renew();
  await settled();
  expect([fetched.mock.calls.length, kinds()]).toEqual([1, ["field"]]);
  now.mockReturnValue(21_000);
  for (let count = 0; count < 5; count += 1) dialogues.renew();
  await settled();
  expect([fetched.mock.calls.length, kinds()]).toEqual([2, ["field", "field"]]);
});

test("a press while the first question is under way asks no second, and no dialogue of the field comes after it", async () => {
  const dialogues = signInDialogues(sent);
  dialogues.open();
  dialogues.press();
  await settled();
  expect([fetched.mock.calls.length, kinds()]).toEqual([1, ["button"]]);
});

test("after an answer of the portal's the field offers passkeys again, about a challenge of its own", async () => {
  const dialogues = await opened();
  asked[0]?.answer();
  await settled();
  expect(sent).toHaveBeenCalledTimes(1);
  dialogues.open();
  await settled();
  expect([fetched.mock.calls.length, kinds()]).toEqual([2, ["field", "field"]]);
});

test("a page that is left ends what waits, and begins nothing more", async () => {
  const dialogues = await opened();
  const outcome = dialogues.press();
  await settled();
  dialogues.end();
  expect(await outcome).toBe("aborted");
  dialogues.renew();
  await settled();
  expect(kinds()).toEqual(["field", "button"]);
});

test("a page that is left before the portal answers opens no dialogue", async () => {
  const dialogues = signInDialogues(sent);
  dialogues.open();
  const outcome = dialogues.press();
  dialogues.end();
  expect(await outcome).toBe("aborted");
  await settled();
  expect(kinds()).toEqual([]);
});

test("a portal that does not answer is asked again by the next press, and leaves what waits in the field", async () => {
  const dialogues = await opened();
  now.mockReturnValue(21_000);
  fetched.mockImplementation(async () => Promise.reject(new TypeError("Failed to fetch")));
  dialogues.renew();
  await settled();
  expect(await dialogues.press()).toBe("cancelled");
  fetched.mockImplementation(async () => new Response("{}"));
  dialogues.press();
  await settled();
  expect(kinds()).toEqual(["field", "button"]);
});
