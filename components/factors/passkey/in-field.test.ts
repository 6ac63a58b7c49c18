import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { dialogueInField } from "@/components/factors/passkey/in-field";

/** What the browser was asked for, in order; each waits until the story ends it. */
type Asked = { readonly signal: AbortSignal | undefined; readonly answer: () => void };

const asked: Asked[] = [];
const [fetched, sent, now] = [vi.fn(), vi.fn(), vi.fn()];

/** The browser's side of the line, and the portal at its HTTP edge. */
beforeEach(() => {
  now.mockReturnValue(0);
  vi.stubGlobal("performance", { now });
  fetched.mockImplementation(async () => new Response('{"rpId":"a.test"}'));
  vi.stubGlobal("fetch", fetched);
  vi.stubGlobal("PublicKeyCredential", {
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

const get = ({ signal }: CredentialRequestOptions) =>
  new Promise((resolve, reject) => {
    signal?.addEventListener("abort", () => reject(new DOMException("words of the browser", "AbortError")));
    asked.push({ signal, answer: () => resolve({ toJSON: () => ({ id: "asked" }) }) });
  });

/** Everything that has been promised is done. */
const settled = () => new Promise((resolve) => setImmediate(resolve));

async function begun() {
  const inField = dialogueInField(sent);
  inField.begin();
  await settled();
  return inField;
}

const open = () => asked.filter(({ signal }) => !signal?.aborted).length;

test("a choice is sent with the options that it answers, and nothing is begun after it", async () => {
  const inField = await begun();
  asked[0]?.answer();
  await settled();
  expect(sent.mock.calls.map(([options, answer]) => [options, JSON.stringify(answer)])).toEqual([
    ['{"rpId":"a.test"}', '{"id":"asked"}'],
  ]);
  now.mockReturnValue(230_000);
  await inField.renew();
  expect([fetched.mock.calls.length, asked.length, !!inField.end()]).toEqual([1, 1, false]);
});

test("a storm of focus is one question to the portal, one after twenty seconds, and one dialogue at a time", async () => {
  const inField = await begun();
  for (let count = 0; count < 5; count += 1) inField.renew();
  await settled();
  expect([fetched.mock.calls.length, asked.length]).toEqual([1, 1]);
  now.mockReturnValue(21_000);
  for (let count = 0; count < 5; count += 1) inField.renew();
  await settled();
  expect([fetched.mock.calls.length, asked.length, open()]).toEqual([2, 2, 1]);
});

test("it makes room for a button's dialogue, which asks the same question, and no focus and no clock brings it back before that is over", async () => {
  const inField = await begun();
  expect([!!inField.end(), open()]).toEqual([true, 0]);
  await inField.options("");
  now.mockReturnValue(230_000);
  await inField.renew();
  expect([fetched.mock.calls.length, asked.length]).toEqual([1, 1]);
  inField.begin();
  await settled();
  expect([fetched.mock.calls.length, open()]).toEqual([2, 1]);
});

test("a press while the first question is under way asks no second, and no dialogue of the field comes after it", async () => {
  const inField = dialogueInField(sent);
  inField.begin();
  await Promise.resolve(); // the browser has said that it can
  expect(inField.end()).toBeTruthy();
  expect(await inField.options("")).toBe('{"rpId":"a.test"}');
  await settled();
  expect([fetched.mock.calls.length, open()]).toEqual([1, 0]);
});

test("a portal that does not answer is asked again at the next chance", async () => {
  fetched.mockImplementation(async () => Promise.reject(new TypeError("Failed to fetch")));
  const inField = await begun();
  await expect(inField.options("")).rejects.toThrow("Failed to fetch");
  fetched.mockImplementation(async () => new Response("{}"));
  inField.renew();
  await settled();
  expect(open()).toBe(1);
});

test.each([
  ["no WebAuthn", undefined],
  ["WebAuthn of before", {}],
  ["no offers in fields", { isConditionalMediationAvailable: async () => false }],
])("a browser with %s is asked for nothing", async (_, some) => {
  vi.stubGlobal("PublicKeyCredential", some);
  await begun();
  expect([fetched.mock.calls.length, asked.length]).toEqual([0, 0]);
});
