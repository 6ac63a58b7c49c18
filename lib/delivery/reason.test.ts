import { expect, test } from "vitest";
import { answered, retryAfter, safeText } from "@/lib/delivery/reason";
import { hours, seconds } from "@/lib/kernel/duration";

test.each([
  ["5.1.1 <ada@example.test>: no such user", "5.1.1 … no such user"],
  ["The number +44 7400 123-456 is not valid", "The number … is not valid"],
  ["Code 481516 or 4815 1623", "Code … or …"],
  ["Key sk_live_0a1b2c3d4e5f6a7b8c9d0e1f is wrong", "Key … is wrong"],
  ["one\r\ntwo\tthree\u2028four\u0000", "one two three four"],
  ["", ""],
])("%j is written as %j", (said, written) => {
  expect(safeText(said)).toBe(written);
});

test("a long answer is cut short", () => {
  expect(safeText("no ".repeat(500)).length).toBeLessThan(170);
  expect(answered("Resend", 500, "")).toBe("Resend answered 500.");
});

test.each([
  ["7", { retryAfter: seconds(7) }],
  ["999999999", { retryAfter: hours(1) }],
  ["Wed, 21 Oct 2031 07:28:00 GMT", {}],
  ["-1", {}],
  [null, {}],
])("a Retry-After of %j is %o", (header, read) => {
  expect(retryAfter(header)).toEqual(read);
});
