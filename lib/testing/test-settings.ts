import { firstIndexKeys, holdIndexKeys } from "@/lib/crypto/index-keys";
import { makeKeyring } from "@/lib/crypto/keyring";

/** Keys and secrets that open nothing but test databases. */
const patterned = (first: number) =>
  Buffer.from(Array.from({ length: 32 }, (_, index) => (index * 7 + first) % 256)).toString("base64");

export const testKeys = { one: `one:${patterned(1)}`, two: `two:${patterned(2)}` } as const;

/** A keyring of these keys, the first of which seals. */
export const ringOf = (...names: readonly (keyof typeof testKeys)[]) =>
  makeKeyring(names.map((id) => ({ id, bytes: Buffer.from(testKeys[id].slice(id.length + 1), "base64") })));

/** The standard configuration of tests, as the environment would give it. */
export const testSettings = {
  APP_URL: "http://localhost:3000",
  PORTAL_KEYS: testKeys.one,
  AUTH_SECRET: "a secret for tests and for nothing else at all",
  SECOND_FACTOR: "admins",
  SECOND_FACTOR_KINDS: "totp",
  TOTP_WINDOW: "1",
} as const;

let isSet = false;

/** The environment as this process was given it. */
const given = { ...process.env };

/** As if no test had chosen anything yet: test files share their process and its modules, and none may see another's choices. */
export function forgetSettings(): void {
  for (const name of Object.keys(process.env)) if (given[name] === undefined) delete process.env[name];
  Object.assign(process.env, given);
  globalThis.sallyportConfig = undefined;
  globalThis.sallyportIndexKeys = undefined;
  isSet = false;
}

/** Out: what puts the configuration back as it is now, whatever is chosen meanwhile. */
export function rememberSettings(): () => void {
  const before = { ...process.env };
  return () => {
    for (const name of Object.keys(process.env)) if (before[name] === undefined) delete process.env[name];
    Object.assign(process.env, before);
    globalThis.sallyportConfig = undefined;
  };
}

/** The configuration of this process from now on: the standard one of tests with `changes`, as the environment would give it. */
export function setSettings(changes: Readonly<Record<string, string>> = {}): void {
  Object.assign(process.env, testSettings, changes);
  globalThis.sallyportConfig = undefined;
  if (globalThis.sallyportIndexKeys === undefined) holdIndexKeys(firstIndexKeys(ringOf("one"))); // whatever rolls afterwards
  isSet = true;
}

/** The standard configuration, unless this test file chose another one before. */
export function ensureSettings(): void {
  if (!isSet) setSettings();
}
