import { sha256 } from "@/lib/crypto/digest";
import { policy } from "@/lib/policy/policy";

const { perBrowser } = policy.device;
const familyLength = "dev_".length + 43;
const turnLength = "zzzzzzzz".length + 1 + 32;
const longest = perBrowser * (familyLength + 1 + turnLength + 1) - 1;
const isToken = (part: string): boolean => /^dev_[\w-]{43}(?:~[0-9a-z]{1,8}-[0-9a-f]{32})?$/.test(part);

/**
 * The known devices' tokens in a browser's cookie, the newest first: one for each of the last people who passed every door there, so that
 * two at one computer do not push each other out. Anything malformed holds none, and costs what its length allows.
 */
export function readDeviceCookie(value: string | null): readonly string[] {
  if (value === null || value.length > longest) return [];
  const parts = value.split(".");
  return parts.length <= perBrowser && parts.every(isToken) ? parts : [];
}

/** The cookie of these tokens, the newest first; what has no place is left out. */
export const writeDeviceCookie = (tokens: readonly string[]): string => tokens.slice(0, perBrowser).join(".");

/** By what the row of a token is found: its family part never changes, so that an old token still names whose copy it is. */
export const familyHash = (token: string): string => sha256(token.slice(0, familyLength));

/** The part of a token that is another one after each use; null: the browser is known and nothing more. */
export const turnOf = (token: string): string | null =>
  token.length > familyLength ? token.slice(familyLength + 1) : null;

/** The same family at this turn. */
export const withTurn = (token: string, turn: string | null): string => {
  const family = token.slice(0, familyLength);
  return turn === null ? family : `${family}~${turn}`;
};

/** The turn that a cookie holds of one family; null: none. */
export function turnIn(cookie: string | null, hash: string): string | null {
  const token = readDeviceCookie(cookie).find((one) => familyHash(one) === hash);
  return token === undefined ? null : turnOf(token);
}
