import fc from "fast-check";
import { expect, test } from "vitest";
import { rangesOf } from "@/lib/kernel/address-range";
import { clientAddress } from "@/lib/serve/client-address";

const trusted = rangesOf(["10.0.0.0/8", "::1", "2001:db8:1::/48"]);
const read = (peer: string | undefined, forwardedFor?: string) => clientAddress({ peer, forwardedFor, trusted });
const from = (peer: string | undefined, forwardedFor?: string) => read(peer, forwardedFor).address;

test("a stranger's word about himself is not heard", () => {
  expect(from("192.0.2.9", "6.6.6.6")).toBe("192.0.2.9");
  expect(clientAddress({ peer: "10.0.0.1", forwardedFor: "6.6.6.6", trusted: [] }).address).toBe("10.0.0.1");
});

test.each([
  ["one proxy", "198.51.100.7", "198.51.100.7"],
  ["two proxies", "198.51.100.7, 10.9.9.9", "198.51.100.7"],
  ["a forged start", "6.6.6.6, 198.51.100.7", "198.51.100.7"],
  ["a forged trusted start", "10.1.1.1, 198.51.100.7", "198.51.100.7"],
  ["IPv6", "2001:DB8:2::5", "2001:db8:2::5"],
  ["IPv4 in IPv6 clothes", "::ffff:198.51.100.7", "198.51.100.7"],
  ["the same in hexadecimal", "::ffff:c633:6407", "198.51.100.7"],
  ["the same written in full", "0:0:0:0:0:FFFF:198.51.100.7", "198.51.100.7"],
  ["a trusted one in IPv6 clothes", "198.51.100.7, ::ffff:10.0.0.3", "198.51.100.7"],
  ["a trusted one in other clothes", "198.51.100.7, [::ffff:a00:3]:80", "198.51.100.7"],
  ["a hundred entries", `${"6.6.6.6, ".repeat(99)}198.51.100.7`, "198.51.100.7"],
  ["a port", "203.0.113.7:51812", "203.0.113.7"],
  ["brackets and a port", "[2001:db8::1]:443", "2001:db8::1"],
  ["brackets", "[2001:DB8::1]", "2001:db8::1"],
  ["quotes", '"203.0.113.7"', "203.0.113.7"],
  ["quotes, brackets and a port", '"[2001:db8::1]:4711"', "2001:db8::1"],
  ["the highest port", "203.0.113.7:65535", "203.0.113.7"],
  ["a hidden port", "203.0.113.7:_a.B-1", "203.0.113.7"],
  ["brackets around IPv4 in IPv6 clothes", "[::ffff:203.0.113.7]:1", "203.0.113.7"],
  ["a forged start with a port", "6.6.6.6:1, 203.0.113.7:51812, [2001:db8:1::9]:80", "203.0.113.7"],
  ["brackets around plain IPv4", "[203.0.113.7]:1", "203.0.113.7"],
  ["spaces", "   203.0.113.7\t", "203.0.113.7"],
  ["an empty entry at the end", "198.51.100.7,", "198.51.100.7"],
  ["empty entries everywhere", " , 6.6.6.6,, 198.51.100.7, \t,10.9.9.9,", "198.51.100.7"],
  ["thirty empty entries", `198.51.100.7${", ".repeat(30)}`, "198.51.100.7"],
])("behind %s the client is the right-most stranger", (_, header, client) => {
  expect(read("10.0.0.1", header)).toEqual({ address: client, peer: "10.0.0.1", doubt: null });
});

test.each([
  ...["unknown", '"unknown"', "fe80::1%eth0", "[fe80::1%eth0]", "_hidden", "198.51.100.7, x,", "1.2.3"],
  "for=1.2.3.4",
  "203.0.113.7:",
  "203.0.113.7:123456",
  "203.0.113.7:99999",
  "[2001:db8::1]:65536",
  "203.0.113.7:80:80",
  "[2001:db8::1]443",
  ...['"203.0.113.7', "[2001:db8::1", "203.0.113.7 203.0.113.8", "localhost:80", "203.0.113.7:http", "a".repeat(9999)],
  ...["2001:db8:2:3:4:5:6:7:443", "203.0.113.7/32", "\u0662.0.0.1"],
])("%j names no address: the peer stands, and the operator should hear of it", (header) => {
  expect(read("10.0.0.1", header)).toEqual({ address: "10.0.0.1", peer: "10.0.0.1", doubt: "unreadable" });
});

test("of trusted addresses only, the one that our neighbour wrote is the client: a visitor among them could write the others", () => {
  expect(read("10.0.0.1", "10.2.2.2, 10.3.3.3:8080")).toEqual({
    address: "10.3.3.3",
    peer: "10.0.0.1",
    doubt: "only_trusted",
  });
  expect(read("10.0.0.1", "10.0.0.1")).toMatchObject({ address: "10.0.0.1", doubt: "only_trusted" });
  expect(from("10.0.0.1", "10.2.2.2, ".repeat(99).concat("10.3.3.3"))).toBe("10.3.3.3");
  expect(read("10.0.0.1", "unknown, 10.3.3.3")).toMatchObject({ address: "10.0.0.1", doubt: "unreadable" });
});

test.each([undefined, "", " ", ",", " , ,"])("a trusted proxy that writes %j names nobody", (header) => {
  expect(read("10.0.0.1", header)).toEqual({ address: "10.0.0.1", peer: "10.0.0.1", doubt: "missing" });
});

test("a peer in IPv6 clothes is the IPv4 one", () => {
  expect(from("::ffff:10.0.0.1", "198.51.100.7")).toBe("198.51.100.7");
  expect(from("::1", "198.51.100.7")).toBe("198.51.100.7");
});

test.each([undefined, "", "x"])(
  "a peer that is gone (%j) is nobody, and its word about itself is not heard",
  (peer) => {
    const all = rangesOf(["127.0.0.1", "10.0.0.0/8"]);
    expect(clientAddress({ peer, forwardedFor: "198.51.100.7", trusted: all }).address).toBe("0.0.0.0");
  },
);

test("a neighbour on the same cable is counted by its address, and trusted only by it", () => {
  expect(from("fe80::1%eth0", "198.51.100.7")).toBe("fe80::1");
  const link = rangesOf(["fe80::1"]);
  expect(clientAddress({ peer: "fe80::1%eth0", forwardedFor: "198.51.100.7", trusted: link }).address).toBe(
    "198.51.100.7",
  );
});

test.each([
  ["127.0.0.1", "untrusted"],
  ["192.168.7.1", "untrusted"],
  ["fd00::7", "untrusted"],
  ["192.0.2.9", null],
])("a header from %s, which nobody trusts: %s", (peer, doubt) => {
  expect(read(peer, "198.51.100.7")).toEqual({ address: peer, peer, doubt });
  expect(read(peer).doubt).toBeNull();
});

const port = fc.oneof(
  fc.constant(""),
  fc.nat(65_535).map((number) => `:${number}`),
);
const quoted = (text: string, isQuoted: boolean) => (isQuoted ? `"${text}"` : text);

test("an address is the same in every form that a proxy may write it in", () => {
  fc.assert(
    fc.property(fc.ipV6(), port, fc.boolean(), (six, behind, isQuoted) => {
      const plain = from("10.0.0.1", six);
      expect(from("10.0.0.1", quoted(`[${six}]${behind}`, isQuoted))).toBe(plain);
      expect(from("10.0.0.1", plain)).toBe(plain);
    }),
  );
  fc.assert(
    fc.property(fc.ipV4(), port, fc.boolean(), (four, behind, isQuoted) => {
      expect(from("10.0.0.1", quoted(`${four}${behind}`, isQuoted))).toBe(from("10.0.0.1", four));
    }),
  );
});
