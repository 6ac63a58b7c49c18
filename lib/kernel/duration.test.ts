import { expect, test } from "vitest";
import { later, milliseconds, waitUntil } from "@/lib/kernel/duration";

const now = new Date("2026-03-02T08:00:00Z");

test.each([
  [-5, 1, "second", 1],
  [0.2, 1, "second", 1],
  [30, 30, "second", 30],
  [90, 90, "second", 90],
  [91, 2, "minute", 120],
  [5400, 90, "minute", 5400],
  [5401, 2, "hour", 7200],
  [86_400, 24, "hour", 86_400],
] as const)("a wait of %d s is told as %d %s, and as %d s to a program", (wait, amount, unit, seconds) => {
  expect(waitUntil(now, later(now, milliseconds(wait * 1000)))).toEqual({ amount, unit, seconds });
});
