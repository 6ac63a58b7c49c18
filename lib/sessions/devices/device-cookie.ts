import { policy } from "@/lib/policy/policy";

const { perBrowser } = policy.device;
const tokenLength = "dev_".length + 43;
const longest = perBrowser * (tokenLength + 1) - 1;
const isToken = (part: string): boolean => /^dev_[\w-]{43}$/.test(part);

/**
 * The known devices' tokens in a browser's cookie, the newest first: one for each of the last people who passed every door there, so that
 * two at one computer do not push each other out. Anything malformed holds none, and costs what its length allows.
 */
export function readDeviceCookie(value: string | null): readonly string[] {
  if (value === null || value.length > longest) return [];
  const parts = value.split(".");
  return parts.every(isToken) ? parts : [];
}

/** The cookie of these tokens, the newest first; what has no place is left out. */
export const writeDeviceCookie = (tokens: readonly string[]): string => tokens.slice(0, perBrowser).join(".");
