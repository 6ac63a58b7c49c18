import { expect, test } from "vitest";
import { normaliseIdentifier } from "@/lib/kernel/identifier";

test.each([
  ["  Ada@Example.TEST ", "ada@example.test"],
  ["ａｄａ＠example.test", "ada@example.test"],
  ["J\u030c@example.test", "\u01f0@example.test"],
])("%j is one person with %j, and stays so", (typed, stored) => {
  expect(normaliseIdentifier(typed)).toBe(stored);
  expect(normaliseIdentifier(stored)).toBe(stored);
});
