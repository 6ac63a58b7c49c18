import { ensure } from "@/lib/kernel/assert";

/** A version of the portal: three whole numbers, of which the first that differs decides (semver.org, 2 and 11). */
export type Version = readonly [major: number, minor: number, patch: number];

const form = /^(0|[1-9][0-9]{0,5})\.(0|[1-9][0-9]{0,5})\.(0|[1-9][0-9]{0,5})$/;

/** `0.10.0` → its numbers. Null for whatever is not written exactly so: `v1.0.0`, `1.0`, `1.0.0-beta.1` and `01.0.0` are no versions here. */
export function readVersion(text: string): Version | null {
  const [, major, minor, patch] = form.exec(text) ?? [];
  return major && minor && patch ? [Number(major), Number(minor), Number(patch)] : null;
}

/** Does `one` come before `other`? Each number counts as a number: 0.9.9 is older than 0.10.0. */
export function isOlder(one: Version, other: Version): boolean {
  if (one[0] !== other[0]) return one[0] < other[0];
  if (one[1] !== other[1]) return one[1] < other[1];
  return one[2] < other[2];
}

/**
 * The version of this code. Written out and not read from `package.json`, which may be a newer one's already while this code still runs; a test holds
 * both equal.
 */
export const portalVersion = "0.2.0";

/** The same in numbers. */
export function ownVersion(): Version {
  const own = readVersion(portalVersion);
  ensure(own, "the portal's version is three numbers");
  return own;
}
