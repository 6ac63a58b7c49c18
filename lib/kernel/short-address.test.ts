import { expect, test } from "vitest";
import { shortAddress } from "@/lib/kernel/short-address";

test.each([
  ["192.0.2.77", "192.0.2.x"],
  ["::ffff:192.0.2.77", "192.0.2.x"],
  ["2001:db8:7:1::9", "2001:db8:7:x"],
  ["not an address", "…"],
  ["", "…"],
])("%s is shown as %s", (ip, short) => expect(shortAddress(ip)).toBe(short));
