import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { asDialled, phoneForm, readLoginPhone, readPhone } from "@/lib/users/phone-number";

const rules = { countries: ["GB", "US", "CN", "MX", "DE"], region: "GB" };

/** Real plans, written by their countries' habits. */
const groups = fc.constantFrom(
  ["+1", "202", "555", "0143"],
  ["+86", "138", "0013", "8000"],
  ["+49", "1511", "2345678"],
  ["+52", "55", "1234", "5678"],
);
const between = fc.constantFrom(" ", "-", "\u2011", "\u2013", "\u00a0", ".", "\u00b7", "\u2009", "\u200b ", " - ");
const around = fc.constantFrom(
  ["", ""],
  ["\u202d", "\u202c"],
  ["\u200e", ""],
  ["tel:", ""],
  ["Tel: ", ""],
  ["\ufeff ", " "],
);
const zeros = fc.constantFrom("0", "０", "٠", "۰", "०");

const inDigitsOf = (zero: string) => (text: string) =>
  text.replace(/[0-9]/g, (digit) => String.fromCodePoint((zero.codePointAt(0) ?? 0) + Number(digit)));

describe("whatever an address book makes of a number", () => {
  test("every spelling is one number, to write to, to log in with and to count", () => {
    fc.assert(
      fc.property(groups, between, around, zeros, (parts, sign, [before = "", after = ""], zero) => {
        const typed = before + inDigitsOf(zero)(parts.join(sign)) + after;
        const number = parts.join("");
        expect(readPhone(typed, rules), typed).toEqual({ kind: "ok", number });
        expect([readLoginPhone(typed, "GB"), phoneForm(typed, null)]).toEqual([number, number]);
      }),
    );
  });

  test.each([
    "(+49) 1511 2345678",
    "[+49] 1511 2345678",
    "(+49)1511/2345678",
    "(+49 1511 2345678)",
    "tel:+49%201511%202345678",
    "TEL:%2B49-1511-2345678",
    "sms:+4915112345678",
    "☎ +49 1511 2345678",
    "☎\ufe0f +49 1511 2345678",
    "📞+49 1511 2345678",
    "+49 1511 2345678,",
    "+49 1511 2345678 ;",
    '"+49 1511 2345678"',
    "„+49 1511 2345678“,",
    "«(+49) 1511 2345678»",
  ])("%s is read", (typed) => {
    expect(readPhone(typed, rules)).toEqual({ kind: "ok", number: "+4915112345678" });
    expect(phoneForm(typed, null)).toBe("+4915112345678");
    expect(asDialled(asDialled(typed))).toBe(asDialled(typed));
  });

  test.each(["+49 1511 2345678, +49 1511 2345679", "((+49)) 1511 2345678", "tel:+49%251511", "+49) 1511 2345678%"])(
    "%s is not guessed at",
    (typed) => expect(readPhone(typed, rules).kind).not.toBe("ok"),
  );

  test("what stands around it is taken off once: signs of every kind in any order read the same again", () => {
    const sign = fc.constantFrom(..."☎📞\"'„“«»,;()[]+% 20".split(""), "tel:", "sms:", "%20", "%2B", "%25", "49", "📱");
    fc.assert(
      fc.property(fc.array(sign, { maxLength: 14 }), (signs) => {
        const once = asDialled(signs.join(""));
        expect(asDialled(once)).toBe(once);
      }),
      { numRuns: 5000 },
    );
  });

  test("00 in front stands for the plus, wherever that is how one dials abroad", () => {
    for (const region of ["GB", "DE", "CN", "MX", "US", null])
      expect(readLoginPhone("0049 1511 2345678", region), String(region)).toBe("+4915112345678");
    expect(readLoginPhone("011 49 1511 2345678", "US")).toBe("+4915112345678");
    for (const apart of ["(00) 49 1511 2345678", "0 049 1511 2345678", "0-0 49 1511 2345678"])
      expect(readLoginPhone(apart, null), apart).toBe("+4915112345678");
    expect(phoneForm("0)0100", null)).toBe(phoneForm("00100", null));
  });

  test("nothing throws, and what is read reads as itself", () => {
    const typed = fc.oneof(fc.string({ unit: "binary", maxLength: 60 }), fc.stringMatching(/^\+?[0-9 ().\-/]{1,30}$/));
    fc.assert(
      fc.property(typed, fc.constantFrom("GB", "US", "MX", "AR", "BR", null), (text, region) => {
        expect(asDialled(asDialled(text))).toBe(asDialled(text));
        const form = phoneForm(text, region);
        if (form !== null) expect(phoneForm(form, region) ?? form).toBe(form);
        const reading = readPhone(text, { ...rules, region });
        if (reading.kind === "ok") expect(readPhone(reading.number, { ...rules, region })).toEqual(reading);
      }),
      { numRuns: 2000 },
    );
  });
});
