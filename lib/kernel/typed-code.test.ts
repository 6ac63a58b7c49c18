import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readOneTimeCode, withPlainDigits } from "@/lib/kernel/typed-code";

const six = (typed: string) => readOneTimeCode(typed, 6);

describe("a code that was copied from somewhere is the code", () => {
  test.each([
    ["as it is", "123456"],
    ["in two groups", "123 456"],
    ["with a sentence", "Your code: 123456."],
    ["with its letter's words", "Sallyport: 123456 is your code\n"],
    ["from right-to-left text", "\u200e123\u2011456\u200f"],
    ["with zero width spaces", "\u200b123\u200b456\ufeff"],
    ["with a middle dot", "123\u00b7456"],
    ["with a no-break space", "123\u00a0456"],
    ["with a soft hyphen", "123\u00ad456"],
    ["with long dashes", "123\u2014456"],
    ["in boxes", "[1][2][3][4][5][6]"],
    ["as keycaps", "1\ufe0f\u20e32\ufe0f\u20e33\ufe0f\u20e34\ufe0f\u20e35\ufe0f\u20e36\ufe0f\u20e3"],
    ["in full width", "１２３４５６"],
    ["in Arabic digits", "١٢٣٤٥٦"],
    ["in Persian digits", "۱۲۳۴۵۶"],
    ["in Devanagari", "१२३४५६"],
    ["in mathematical digits", "𝟏𝟐𝟑𝟜𝟝𝟞"],
    ["in several scripts", "1２٣۴५6"],
  ])("%s", (_, typed) => expect(six(typed)).toBe("123456"));
});

test.each([
  ["", null],
  ["12345", null],
  ["1234567", null],
  ["123456 (good for 10 minutes)", null],
  ["①②③④⑤⑥", null],
  ["²³¹²³¹", null],
  ["123456\ud800", "123456"],
  [`123456${" ".repeat(2000)}`, null],
])("%j is read as %j", (typed, code) => expect(six(typed)).toBe(code));

const anyText = fc.string({ unit: "binary", maxLength: 200 });
const noDigits = fc.string({ unit: "binary", maxLength: 20 }).map((text) => text.replace(/\p{Nd}/gu, ""));
const zeros = ["0", "０", "٠", "۰", "०", "๐", "𝟎", "𝟘", "𝟬", "꧐", "𑁦"];

describe("whatever is typed", () => {
  test("a code says the same between any signs and in any script's digits", () => {
    const digit = fc.record({ value: fc.nat(9), zero: fc.constantFrom(...zeros), after: noDigits });
    fc.assert(
      fc.property(noDigits, fc.array(digit, { minLength: 6, maxLength: 6 }), (before, digits) => {
        const written = digits.map(({ value, zero, after }) => shifted(zero, value) + after).join("");
        expect(six(before + written)).toBe(digits.map(({ value }) => value).join(""));
      }),
    );
  });

  test("nothing throws, and what is read is six digits that read as themselves", () => {
    fc.assert(
      fc.property(anyText, (typed) => {
        const code = six(typed);
        if (code === null) return;
        expect(code).toMatch(/^[0-9]{6}$/);
        expect(six(code)).toBe(code);
      }),
      { numRuns: 1000 },
    );
  });

  test("every decimal digit of Unicode has its own value, as the engine's NFKC knows it where it does", () => {
    for (let codePoint = 0; codePoint <= 0x10ffff; codePoint += 1) {
      const text = codePoint >= 0xd800 && codePoint <= 0xdfff ? "" : String.fromCodePoint(codePoint);
      if (!/^\p{Nd}$/u.test(text)) continue;
      const folded = text.normalize("NFKC");
      expect(withPlainDigits(text)).toMatch(/^[0-9]$/);
      if (/^[0-9]$/.test(folded)) expect(withPlainDigits(text)).toBe(folded);
    }
  });
});

const shifted = (zero: string, by: number) => String.fromCodePoint((zero.codePointAt(0) ?? 0) + by);
