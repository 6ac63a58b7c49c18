import { expect, test } from "vitest";
import { blockListOf } from "@/lib/config/values";
import { clientAddress } from "@/lib/serve/client-address";

const trusted = blockListOf(["10.0.0.0/8", "::1", "2001:db8:1::/48"]);
const from = (peer: string | undefined, forwardedFor?: string) => clientAddress({ peer, forwardedFor, trusted });

test("a stranger's word about himself is not heard", () => {
  expect(from("192.0.2.9", "6.6.6.6")).toBe("192.0.2.9");
  expect(clientAddress({ peer: "10.0.0.1", forwardedFor: "6.6.6.6", trusted: blockListOf([]) })).toBe("10.0.0.1");
});

test.each([
  ["one proxy", "198.51.100.7", "198.51.100.7"],
  ["two proxies", "198.51.100.7, 10.9.9.9", "198.51.100.7"],
  ["a forged start", "6.6.6.6, 198.51.100.7", "198.51.100.7"],
  ["a forged trusted start", "10.1.1.1, 198.51.100.7", "198.51.100.7"],
  ["IPv6", "2001:DB8:2::5", "2001:db8:2::5"],
  ["IPv4 in IPv6 clothes", "::ffff:198.51.100.7", "198.51.100.7"],
  ["a trusted one in IPv6 clothes", "198.51.100.7, ::ffff:10.0.0.3", "198.51.100.7"],
  ["a hundred entries", `${"6.6.6.6, ".repeat(99)}198.51.100.7`, "198.51.100.7"],
])("behind %s the client is the right-most stranger", (_, header, client) => {
  expect(from("10.0.0.1", header)).toBe(client);
});

test.each([
  "",
  " ",
  "unknown",
  "198.51.100.7:443",
  "[2001:db8:2::5]",
  "[2001:db8:2::5]:443",
  "fe80::1%eth0",
  "_hidden",
  "198.51.100.7,",
  "1.2.3",
  "for=1.2.3.4",
])("%j is no address: the peer stands", (header) => expect(from("10.0.0.1", header)).toBe("10.0.0.1"));

test("a trail of proxies only leads to the nearest one", () => {
  expect(from("10.0.0.1", "10.2.2.2, 10.3.3.3")).toBe("10.0.0.1");
  expect(from("10.0.0.1", "10.2.2.2, ".repeat(100))).toBe("10.0.0.1");
});

test("a peer in IPv6 clothes is the IPv4 one, a closed socket is this machine", () => {
  expect(from("::ffff:10.0.0.1", "198.51.100.7")).toBe("198.51.100.7");
  expect(from("::1", "198.51.100.7")).toBe("198.51.100.7");
  expect(from(undefined, "198.51.100.7")).toBe("127.0.0.1");
});
