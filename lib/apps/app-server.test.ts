import { expect, test } from "vitest";
import { isAppServer } from "@/lib/apps/app-server";

const servers = ["192.0.2.7", "198.51.100.0/24", "2001:db8::/32", "2001:db8:ffff::1"];

test.each([
  ["192.0.2.7", true],
  ["::ffff:192.0.2.7", true],
  ["::ffff:c000:207", true],
  ["198.51.100.200", true],
  ["::FFFF:198.51.100.1", true],
  ["2001:db8:1::5", true],
  ["2001:0DB8:0001:0:0:0:0:5", true],
  ["192.0.2.8", false],
  ["198.51.101.1", false],
  ["2001:db9::1", false],
  ["::192.0.2.7", false],
  ["2001:db8::1%eth0", false],
  ["192.0.2.7:443", false],
  ["[2001:db8::1]", false],
  ["0300.0.2.7", false],
  ["shop.example.test", false],
  ["", false],
])("%s is one of its servers: %s", (ip, is) => expect(isAppServer({ servers }, ip)).toBe(is));

test("an app without servers has none", () => {
  for (const ip of ["127.0.0.1", "::1", "192.0.2.7"]) expect(isAppServer({ servers: [] }, ip)).toBe(false);
});
