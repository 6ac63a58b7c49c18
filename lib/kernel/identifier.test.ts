import fc from "fast-check";
import { expect, test } from "vitest";
import { formerIdentifier, normaliseIdentifier } from "@/lib/kernel/identifier";

test.each([
  ["  Ada@Example.TEST ", "ada@example.test"],
  ["ａｄａ＠example.test", "ada@example.test"],
  ["J\u030c@example.test", "\u01f0@example.test"],
  ["ΓΙΑΝΝΗΣ.ΣΕΦΕΡΗΣ@example.test", "γιαννης.σεφερης@example.test"],
  ["γιαννησ.ςεφερησ@example.test", "γιαννης.σεφερης@example.test"],
  ["ΣΣΣ", "σσς"],
  ["ς", "σ"],
])("%j is one person with %j, and stays so", (typed, stored) => {
  expect(normaliseIdentifier(typed)).toBe(stored);
  expect(normaliseIdentifier(stored)).toBe(stored);
});

test("names that differ only in which sigma stands where, or in capitals, are one; and what is read reads as itself", () => {
  const names = fc.string({ unit: fc.constantFrom(..."σςΣαάοΟ1.-'\u0301"), maxLength: 12 });
  fc.assert(
    fc.property(names, (name) => {
      const stored = normaliseIdentifier(name);
      expect(normaliseIdentifier(stored)).toBe(stored);
      for (const other of [
        name.replaceAll("ς", "σ"),
        name.replaceAll("σ", "ς"),
        name.toUpperCase(),
        name.toLowerCase(),
      ])
        expect(normaliseIdentifier(other)).toBe(stored);
    }),
  );
});

test("a name that was stored with the other sigma has its former form", () =>
  expect(formerIdentifier("Γιαννησ@example.test")).toBe("γιαννησ@example.test"));
