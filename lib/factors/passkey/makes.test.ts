import { expect, test } from "vitest";
import { makeOf } from "@/lib/factors/passkey/makes";

test.each([
  ["fbfc3007-154e-4ecc-8c0b-6e020557d7bd", "Apple Passwords"],
  ["D548826E-79B4-DB40-A3D8-11116F7E8349", "Bitwarden"],
  ["00000000-0000-0000-0000-000000000000", null],
  ["", null],
  ["__proto__", null],
])("what calls itself %s is kept by %s", (aaguid, make) => expect(makeOf(aaguid)).toBe(make));
