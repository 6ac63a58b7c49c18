import { describe, expect, test } from "vitest";
import type { Outcome } from "@/lib/delivery/channel";
import { days, hours, later, minutes, seconds } from "@/lib/kernel/duration";
import { inOneLine, verdictOn } from "@/lib/letters/verdict";

const now = new Date("2030-01-07T09:00:00.000Z");
const busy: Outcome = { kind: "later", reason: "421 busy" };
const notice = { tries: 1, urgent: false, expiresAt: later(now, days(7)) };

describe("after a try", () => {
  test.each([
    [1, seconds(5)],
    [2, seconds(15)],
    [3, minutes(1)],
    [4, minutes(5)],
    [5, minutes(15)],
    [6, hours(1)],
    [7, hours(3)],
  ])("the %ith, a letter that did not get through waits", (tries, wait) => {
    expect(verdictOn(busy, { ...notice, tries }, now)).toEqual({
      kind: "wait",
      until: later(now, wait),
      fault: "421 busy",
    });
  });

  test("the eighth, it is given up; a notice may leave after all, a code never", () => {
    expect(verdictOn(busy, { ...notice, tries: 8 }, now)).toEqual({ kind: "park", fault: "421 busy", keep: true });
    expect(verdictOn(busy, { ...notice, tries: 8, urgent: true }, now)).toMatchObject({ kind: "park", keep: false });
  });

  test("one that left is done, one that was refused for good is given up at once", () => {
    expect(verdictOn({ kind: "sent" }, notice, now)).toEqual({ kind: "sent" });
    const never = { kind: "never", reason: "550 no such user" } as const;
    expect(verdictOn(never, notice, now)).toEqual({ kind: "park", fault: "550 no such user", keep: true });
    expect(verdictOn(never, { ...notice, urgent: true }, now)).toMatchObject({ kind: "park", keep: false });
  });

  test.each([
    ["longer than ours counts", minutes(2), minutes(2)],
    ["shorter than ours does not", seconds(1), seconds(5)],
  ])("a wait that the provider asks for and that is %s", (_, retryAfter, wait) => {
    const verdict = verdictOn({ ...busy, retryAfter }, notice, now);
    expect(verdict).toMatchObject({ kind: "wait", until: later(now, wait) });
  });

  test("nobody waits beyond the moment when nobody wants the letter any more", () => {
    const code = { tries: 4, urgent: true, expiresAt: later(now, minutes(5)) };
    expect(verdictOn(busy, code, now)).toEqual({ kind: "park", fault: "too late; 421 busy", keep: false });
    expect(verdictOn(busy, { ...code, tries: 3 }, now)).toMatchObject({ kind: "wait" });
  });

  test("a provider's words become one short line", () => {
    expect(inOneLine(`550\r\nX-Evil: 1\u2028${"a".repeat(300)}`)).toBe(`550 X-Evil: 1 ${"a".repeat(186)}`);
  });
});
