import fc from "fast-check";
import { expect, test } from "vitest";
import { readAddress } from "@/lib/kernel/address";

test.each([
  ["192.0.2.1", "192.0.2.1"],
  ["::ffff:192.0.2.1", "192.0.2.1"],
  ["::FFFF:192.0.2.1", "192.0.2.1"],
  ["::ffff:c000:201", "192.0.2.1"],
  ["::ffff:2c37:424d", "44.55.66.77"],
  ["0:0:0:0:0:ffff:c000:0201", "192.0.2.1"],
  ["0000:0000:0000:0000:0000:ffff:192.0.2.1", "192.0.2.1"],
  ["0::ffff:192.0.2.1", "192.0.2.1"],
  ["2001:DB8::0:1", "2001:db8::1"],
  ["2001:0db8:0000:0000:0000:0000:0000:0001", "2001:db8::1"],
  ["2001:db8:0:0:1:0:0:1", "2001:db8::1:0:0:1"],
  ["::192.0.2.1", "::c000:201"],
  ["::1", "::1"],
])("%s is the address %s", (written, address) => expect(readAddress(written)).toBe(address));

test.each([
  ...["", " ", "192.0.2", "192.0.2.256", "0300.0.2.7", "0xc0.0.2.1", "3221225985", "192.0.2.1 ", "192.0.2.1:443"],
  ...["[2001:db8::1]", "fe80::1%eth0", "::ffff:192.0.2.1%1", "::1::", "1:2:3:4:5:6:7", "localhost", "２.0.2.1"],
  ...[`${"0".repeat(60)}::1`, ":".repeat(60)],
])("%j is none", (text) => expect(readAddress(text)).toBeNull());

const groups = fc.array(fc.nat(0xffff), { minLength: 8, maxLength: 8 });

/** One IPv6 address in some of its spellings: leading zeros or none, small or large letters, a run of zeros left out or not. */
const spellings = fc
  .record({ groups, pad: fc.boolean(), loud: fc.boolean(), from: fc.nat(7), zeros: fc.integer({ min: 2, max: 8 }) })
  .map(({ groups, pad, loud, from, zeros }) => {
    const real = groups.map((group, at) => (at >= from && at < from + zeros ? 0 : group));
    const texts = real.map((group) => group.toString(16).padStart(pad ? 4 : 1, "0"));
    const short = `${texts.slice(0, from).join(":")}::${texts.slice(from + zeros).join(":")}`;
    const written = from + zeros <= 8 ? short : texts.join(":");
    return { whole: texts.join(":"), other: loud ? written.toUpperCase() : written };
  });

test("two spellings of one IPv6 address are one, and what was read reads as itself", () => {
  fc.assert(
    fc.property(spellings, ({ whole, other }) => {
      const address = readAddress(whole);
      expect(address).not.toBeNull();
      expect(readAddress(other)).toBe(address);
      expect(readAddress(address ?? "")).toBe(address);
    }),
  );
});

test("an IPv4 address is one with every way to write it in IPv6", () => {
  fc.assert(
    fc.property(fc.ipV4(), fc.boolean(), (ip, isHex) => {
      const bytes = ip.split(".").map(Number);
      const hex = [0, 2].map((at) => (((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0)).toString(16)).join(":");
      expect(readAddress(`::ffff:${isHex ? hex : ip}`)).toBe(ip);
      expect(readAddress(`0:0:0:0:0:FFFF:${isHex ? hex : ip}`)).toBe(ip);
    }),
  );
});

test("nothing throws, whatever is written", () => {
  fc.assert(
    fc.property(
      fc.string({ unit: fc.constantFrom(..."0123456789abcdefABCDEF:.%[]/ x") }),
      (text) => void readAddress(text),
    ),
  );
});
