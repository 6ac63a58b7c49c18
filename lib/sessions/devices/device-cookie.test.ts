import { describe, expect, test } from "vitest";
import { policy } from "@/lib/policy/policy";
import {
  familyHash,
  readDeviceCookie,
  turnIn,
  turnOf,
  withTurn,
  writeDeviceCookie,
} from "@/lib/sessions/devices/device-cookie";

const token = (letter: string) => `dev_${letter.repeat(43)}`;
const [ada, grace, hedy, mary] = ["A", "G", "H", "M"].map(token);

describe("the cookie of a browser's known devices", () => {
  test("keeps the newest first, and no more than it has places for", () => {
    const six = ["N", "A", "G", "H", "M", "E"];
    expect(readDeviceCookie(writeDeviceCookie(six.map(token)))).toEqual(["N", "A", "G", "H", "M"].map(token));
    expect(policy.device.perBrowser).toBe(5);
    const trusted = six.map((letter) => withTurn(token(letter), `sxyz12-${"f".repeat(32)}`));
    expect(writeDeviceCookie(trusted).length).toBeLessThan(450);
    expect(readDeviceCookie(writeDeviceCookie(trusted))).toEqual(trusted.slice(0, 5));
  });

  test("names a device by the part that stays, and knows the turn beside it", () => {
    const turn = `sxyz12-${"0".repeat(32)}`;
    const [trusted = ""] = readDeviceCookie(withTurn(token("A"), turn));
    expect([familyHash(trusted), turnOf(trusted)]).toEqual([familyHash(token("A")), turn]);
    expect(withTurn(trusted, null)).toBe(ada);
    expect([turnIn(`${grace}.${trusted}`, familyHash(token("A"))), turnIn(trusted, familyHash(token("G")))]).toEqual([
      turn,
      null,
    ]);
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
    ["with one place too many", [ada, grace, hedy, mary, token("N"), token("E")].join(".")],
    ["with a turn that is none", `${ada}~sxyz12-${"F".repeat(32)}`],
    ["with two turns", `${ada}~s-${"0".repeat(32)}~s-${"0".repeat(32)}`],
    ["with an empty place", `${ada}.`],
    ["of a megabyte", `${ada}.`.repeat(20_000)],
  ])("that is %s holds none", (_, value) => {
    expect(readDeviceCookie(value)).toEqual([]);
  });
});
