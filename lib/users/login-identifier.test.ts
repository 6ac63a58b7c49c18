import { afterEach, describe, expect, test } from "vitest";
import { setSettings } from "@/lib/testing/test-settings";
import { loginIdentifier } from "@/lib/users/login-identifier";
import { readLoginPhone } from "@/lib/users/phone-number";

const inGreatBritain = { SMS_COUNTRIES: "GB", PHONE_REGION: "GB" };
afterEach(() => setSettings({ SMS_COUNTRIES: "", PHONE_REGION: "" }));

describe("every spelling of a number is one login name", () => {
  test.each([
    "+447700900123",
    " +44 7700 900123 ",
    "+44 (0)7700 900-123",
    "+44.7700.900.123",
    "＋４４　７７００　９００１２３",
    "07700 900123",
    "(07700) 900123",
    "00447700900123",
    "447700900123",
    "\u202d+44 7700 900123\u202c",
    "+44\u00a07700\u2011900\u2011123",
    "tel:+44-7700-900123",
    "٠٧٧٠٠٩٠٠١٢٣",
  ])("%j", (typed) => {
    setSettings(inGreatBritain);
    expect(loginIdentifier(typed)).toBe("+447700900123");
  });

  test("also one that is no number of any plan, and one that has no country", () => {
    expect(new Set(["+44 000 000", "+44000000", "+44-000-000"].map(loginIdentifier)).size).toBe(1);
    setSettings({ PHONE_REGION: "", SMS_COUNTRIES: "" });
    expect(loginIdentifier("07700 900-123")).toBe("07700900123");
    expect(loginIdentifier("(07700) 900 123")).toBe("07700900123");
  });
});

describe("what is no number stays what it is", () => {
  test.each([
    ["  Ada@Example.TEST ", "ada@example.test"],
    ["12345678@example.test", "12345678@example.test"],
    ["Grace-1906", "grace-1906"],
    ["e164", "e164"],
    ["----", "----"],
    ["+", "+"],
    ["", ""],
    ["+44 7700 900123 ext 5", "+44 7700 900123 ext 5"],
    ["1".repeat(300), "1".repeat(300)],
  ])("%j", (typed, name) => {
    setSettings(inGreatBritain);
    expect(loginIdentifier(typed)).toBe(name);
  });
});

test("a number to log in with may be of any country and kind, but must be one", () => {
  expect(readLoginPhone("+86 138 0013 8000", "GB")).toBe("+8613800138000");
  expect(readLoginPhone("020 7183 8750", "GB")).toBe("+442071838750");
  expect(readLoginPhone("020 7183 8750", null)).toBeNull();
  for (const typed of ["", "+44", "12", "+44 1", "ada", "+44 7700 900123 ext 5", "1".repeat(300)])
    expect(readLoginPhone(typed, "GB")).toBeNull();
});
