import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { isOwnNetwork, isWithin, meansEverybody, rangesOf, readRange } from "@/lib/kernel/address-range";

test.each([
  ["10.0.0.0/8", "10.0.0.0/8"],
  ["192.0.2.7", "192.0.2.7"],
  ["2001:DB8::/32", "2001:db8::/32"],
  ["::ffff:10.0.0.0/104", "10.0.0.0/8"],
  ["::ffff:a00:1", "10.0.0.1"],
])("%s is the range %s, and stays so", (text, written) => {
  expect(readRange(text)?.written).toBe(written);
  expect(readRange(written)?.written).toBe(written);
});

test.each([
  ...["", "/", "/8", "10.0.0.0/", "10.0.0.0/33", "10.0.0.0/-1", "10.0.0.0/08x", "10.0.0.0/255.0.0.0", "::/129"],
  ...["10.0.0.0/8/8", "::ffff:10.0.0.0/90", "fe80::1%eth0/64", "localhost", "10.0.0.*", "10.0.0.1-10.0.0.9"],
])("%j is none", (text) => expect(readRange(text)).toBeNull());

const proxies = rangesOf(["10.1.2.3/8", "192.0.2.7", "2001:db8::/32"]);

test.each([
  ["10.255.0.1", true],
  ["::ffff:a01:203", true],
  ["192.0.2.7", true],
  ["192.0.2.8", false],
  ["2001:DB8:0:0::5", true],
  ["2001:db9::", false],
  ["nobody", false],
])("%s is within: %s", (address, is) => expect(isWithin(address, proxies)).toBe(is));

describe("a list means everybody", () => {
  const halves = ["0.0.0.0/1", "128.0.0.0/1"];
  const pieces = (bits: number) => Array.from({ length: 256 }, (_, first) => `${first}.0.0.0/${bits}`);
  test.each([
    [["0.0.0.0/0"]],
    [["::/0"]],
    [["192.0.2.1/0"]],
    [["10.0.0.1", "0.0.0.0/0"]],
    [halves],
    [[halves[1] ?? ""]],
    [["0.0.0.0/2", "64.0.0.0/2", "128.0.0.0/2", "192.0.0.0/2"]],
    [pieces(8)],
    [pieces(9).concat(pieces(9).map((piece) => piece.replace(".0.0.0", ".128.0.0")))],
    [["10.0.0.0/7"]],
    [["2000::/3"]],
    [["2000::/4", "3000::/4"]],
    [["2002::/16"]],
    [["::/1", "8000::/1"]],
    [["::/64", "::/8"]],
    [["::ffff:0:0/96"]],
    [["::ffff:0.0.0.0/97", "::ffff:128.0.0.0/97"]],
    [["64:ff9b::/96"]],
  ])("%j", (list) => expect(meansEverybody(rangesOf(list))).toBe(true));

  test("and those that name proxies and networks of one's own do not", () => {
    const inside = ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "127.0.0.0/8", "100.64.0.0/10", "fc00::/7", "::1"];
    const content = [
      "104.16.0.0/12",
      "173.245.48.0/20",
      "130.211.0.0/22",
      "35.191.0.0/16",
      "2400:cb00::/29",
      "2a06:98c0::/29",
    ];
    for (const list of [inside, content, [...inside, ...content], [], ["203.0.113.7"]])
      expect(meansEverybody(rangesOf(list)), list.join()).toBe(false);
  });

  test("whatever the pieces, a list that lets in half of IPv4 does", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 12 }), (bits) => {
        const half = Array.from({ length: 2 ** (bits - 1) }, (_, at) => {
          const first = at * 2 ** (32 - bits);
          return `${[24, 16, 8, 0].map((shift) => Math.floor(first / 2 ** shift) % 256).join(".")}/${bits}`;
        });
        expect(meansEverybody(rangesOf(half))).toBe(true);
      }),
    );
  });
});

test.each(["127.0.0.1", "::1", "10.1.2.3", "::ffff:192.168.0.1", "fd00::1", "fe80::1", "100.64.0.1"])(
  "%s is of this machine or a network of one's own",
  (address) => expect(isOwnNetwork(address)).toBe(true),
);
test.each(["192.0.2.1", "2001:db8::1", "172.32.0.1", "x"])("%s is not", (address) =>
  expect(isOwnNetwork(address)).toBe(false),
);
