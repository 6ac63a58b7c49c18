import { expect, test } from "vitest";
import { makeOf } from "@/lib/factors/passkey/makes";
import { securityKeys } from "@/lib/factors/passkey/security-keys";

test.each([
  ["fbfc3007-154e-4ecc-8c0b-6e020557d7bd", "Apple Passwords"],
  ["D548826E-79B4-DB40-A3D8-11116F7E8349", "Bitwarden"],
  ["2fc0579f-8113-47ea-b116-bb5a8db9202a", "YubiKey 5 NFC"],
  ["2CD2F727-F6CA-44DA-8F48-5C2E5DA000A2", "Nitrokey 3"],
  ["00000000-0000-0000-0000-000000000000", null],
  ["", null],
  ["__proto__", null],
])("what calls itself %s is kept by %s", (aaguid, make) => expect(makeOf(aaguid)).toBe(make));

test("each make has ids of its own, in the form in which browsers write them", () => {
  const ids = Object.values(securityKeys).flat();
  expect(ids.filter((id) => !/^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/.test(id))).toEqual([]);
  expect(ids.filter((id, at) => ids.indexOf(id) !== at)).toEqual([]);
});
