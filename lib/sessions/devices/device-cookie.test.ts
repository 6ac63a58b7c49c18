import { describe, expect, test } from "vitest";
import { policy } from "@/lib/policy/policy";
import { readDeviceCookie, writeDeviceCookie } from "@/lib/sessions/devices/device-cookie";

const token = (letter: string) => `dev_${letter.repeat(43)}`;
const [ada, grace, hedy, mary] = ["A", "G", "H", "M"].map(token);

describe("the cookie of a browser's known devices", () => {
  test("keeps the newest first, and no more than it has places for", () => {
    expect(readDeviceCookie(writeDeviceCookie([token("N"), ...["A", "G", "H", "M"].map(token)]))).toEqual(
      ["N", "A", "G", "H"].map(token),
    );
    expect(writeDeviceCookie(["A", "G", "H", "M"].map(token)).length).toBeLessThan(200);
    expect(policy.device.perBrowser).toBe(4);
  });

  test("of one device, as it was before, still opens", () => {
    expect(readDeviceCookie(token("A"))).toEqual([ada]);
  });

  test.each([
    ["nothing", null],
    ["empty", ""],
    ["garbage", "garbage"],
    ["cut short", `${ada}.${String(grace).slice(0, 20)}`],
    ["of another kind", `ses_${"A".repeat(43)}`],
    ["with another kind beside", `${ada}.ses_${"A".repeat(43)}`],
    ["with one place too many", [ada, grace, hedy, mary, token("N")].join(".")],
    ["with an empty place", `${ada}.`],
    ["of a megabyte", `${ada}.`.repeat(20_000)],
  ])("that is %s holds none", (_, value) => {
    expect(readDeviceCookie(value)).toEqual([]);
  });
});
