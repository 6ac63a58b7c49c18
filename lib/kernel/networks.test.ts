import fc from "fast-check";
import { expect, test } from "vitest";
import { readAddress } from "@/lib/kernel/address";
import { networksOf } from "@/lib/kernel/networks";

test("an IPv4 address behind a translator (RFC 6052) is counted as itself, however it is written, and is another address all the same", () => {
  fc.assert(
    fc.property(fc.ipV4(), (ip) => {
      const [a = 0, b = 0, c = 0, d = 0] = ip.split(".").map(Number);
      const inHex = `${((a << 8) | b).toString(16)}:${((c << 8) | d).toString(16)}`;
      for (const written of [`64:ff9b::${ip}`, `64:FF9B::${inHex}`, `0064:ff9b:0:0:0:0:${inHex}`]) {
        expect(networksOf(written)).toEqual(networksOf(ip));
        expect(readAddress(written)).not.toBe(ip); // whoever trusts a proxy by its IPv4 address means no translator
      }
    }),
  );
});

test("only that one prefix means it: what a network chose for itself, and whatever else is near it, are networks of their own", () => {
  for (const ip of ["64:ff9b:1::192.0.2.7", "64:ff9b:0:0:0:1:c000:207", "64:ff9c::192.0.2.7", "::192.0.2.7"])
    expect(networksOf(ip).near).toMatch(/::\/64$/);
});
