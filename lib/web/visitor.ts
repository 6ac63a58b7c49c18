import type { Visitor } from "@/lib/context/context";
import { commandAgent } from "@/lib/context/device-name";
import { readAddress } from "@/lib/kernel/address";

/** Anything that answers like `Headers`. */
export type HeaderReader = { get(name: string): string | null };

const longestAgent = 256;
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it removes
const controls = /[\u0000-\u001f\u007f-\u009f\u2028\u2029]/g;

/**
 * The client's address and browser. The serving entry has overwritten `x-forwarded-for` with exactly one address;
 * without it (`next dev`, loopback only) there may be none or somebody's own words: then this machine is named.
 * The agent is cut to 256 characters, cannot break a line of a log, and is never the command line's word for itself: what that
 * one did is an administrator's.
 */
export function visitor(headers: HeaderReader): Visitor {
  const ip = readAddress(headers.get("x-forwarded-for") ?? "");
  const agent = (headers.get("user-agent") ?? "")
    .slice(0, 4 * longestAgent)
    .replace(controls, "")
    .slice(0, longestAgent);
  return { ip: ip ?? "127.0.0.1", agent: agent === commandAgent ? `"${agent}"` : agent };
}

/** The id of this request, made by the serving entry, never taken from a client; "none" where nothing made one. */
export function requestId(headers: HeaderReader): string {
  const id = headers.get("x-request-id") ?? "";
  return /^[A-Za-z0-9_-]{16,64}$/.test(id) ? id : "none";
}
