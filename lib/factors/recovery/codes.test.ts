import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { canonicalCode, written } from "@/lib/factors/recovery/codes";

const code = "ABCDEFGHJKMNPQRS";
const handedOut = "8477a1a60f23b9c4d5e6f7081920";

describe("a code that was copied from a sheet, a file or a list is the code", () => {
  test.each([
    ["as it is written", "ABCD-EFGH-JKMN-PQRS"],
    ["in small letters", "abcd efgh jkmn pqrs"],
    ["with typographic hyphens", "ABCD\u2010EFGH\u2011JKMN\u2013PQRS"],
    ["with minus signs and soft hyphens", "ABCD\u2212EFGH\u00adJKMN\u00adPQRS"],
    ["with a full stop", "ABCD-EFGH-JKMN-PQRS."],
    ["with underscores", "ABCD_EFGH_JKMN_PQRS"],
    ["over two lines", "ABCD-EFGH-\r\nJKMN-PQRS\r\n"],
    ["between marks of direction", "\u202dABCD-EFGH-JKMN-PQRS\u202c"],
    ["after a bullet", "\u2022 ABCD-EFGH-JKMN-PQRS"],
    ["after a dash", "- ABCD-EFGH-JKMN-PQRS"],
    ["after a check box", "[ ] ABCD-EFGH-JKMN-PQRS"],
    ["first in a list", "1. ABCD-EFGH-JKMN-PQRS"],
    ["tenth in a list", "10) ABCD-EFGH-JKMN-PQRS"],
    ["in a list without a space", "2)ABCD-EFGH-JKMN-PQRS"],
    ["in a list in full width", "３．ＡＢＣＤ－ＥＦＧＨ－ＪＫＭＮ－ＰＱＲＳ"],
    ["in a Chinese list", "4、ABCD-EFGH-JKMN-PQRS"],
    ["in an Arabic list", "٥. ABCD-EFGH-JKMN-PQRS"],
    ["after a number in brackets", "(6) ABCD-EFGH-JKMN-PQRS"],
    ["after a number in a circle", "⑦ ABCD-EFGH-JKMN-PQRS"],
    ["after a number with its stop in one", "⒏ABCD-EFGH-JKMN-PQRS"],
    ["after a number and a colon", "9: ABCD-EFGH-JKMN-PQRS"],
    ["after a number and a dash", "10 - ABCD-EFGH-JKMN-PQRS"],
    ["after a number of a table", "10\tABCD-EFGH-JKMN-PQRS"],
    ["in bold mathematical letters", "𝐀𝐁𝐂𝐃-𝐄𝐅𝐆𝐇-𝐉𝐊𝐌𝐍-𝐏𝐐𝐑𝐒"],
  ])("%s", (_, typed) => expect(canonicalCode(typed)).toBe(code));

  test.each([
    ["in a list", `3. ${written(handedOut)}`],
    ["after a bullet", `• ${written(handedOut).toUpperCase()}.`],
    ["after a number alone", `12 ${written(handedOut)}`],
  ])("also one that an app handed out, %s", (_, typed) => expect(canonicalCode(typed)).toBe(handedOut));
});

describe("a number that belongs to the code stays", () => {
  test.each([
    ["12AB-CDEF-GHJK-MNPQ", "12ABCDEFGHJKMNPQ"],
    ["12 AB CD EF GH JK MN PQ", "12ABCDEFGHJKMNPQ"],
    ["1. 12AB-CDEF-GHJK-MNPQ", "12ABCDEFGHJKMNPQ"],
    ["1234.5678.9ABC.DEFG.", "123456789ABCDEFG"],
    ["OIL0-OIL0-OIL0-OIL0", "0110011001100110"],
  ])("%s", (typed, read) => expect(canonicalCode(typed)).toBe(read));
});

test.each([
  ["a letter too few, after its number in a list", "1. ABCD-EFGH-JKMN-PQR"],
  ["a letter too many", "ABCD-EFGH-JKMN-PQRST"],
  ["two codes", "ABCD-EFGH-JKMN-PQRS ABCD-EFGH-JKMN-PQRS"],
  ["words", "My code is ABCD-EFGH-JKMN-PQRS"],
  ["a letter of another script", "АBCD-EFGH-JKMN-PQRS"],
  ["a letter that is two in capitals", "ßBCD-EFGH-JKMN-PQR"],
  ["far too long", `ABCD-EFGH-JKMN-PQRS${" ".repeat(2000)}`],
])("%s is no code, and free", (_, typed) => expect(canonicalCode(typed)).toBeNull());

const symbols = "0123456789ABCDEFGHJKMNPQRSTVWXYZ".split("");
const codes = fc.oneof(
  fc.array(fc.constantFrom(...symbols), { minLength: 16, maxLength: 16 }).map((all) => all.join("")),
  fc.array(fc.constantFrom(..."0123456789abcdef"), { minLength: 28, maxLength: 28 }).map((all) => all.join("")),
);
const signs = fc.constantFrom("", " ", "-", "\u00ad", "\u2011", "\u200e", "\u00a0", "_");
const marks = fc.constantFrom("", "1. ", "10) ", "• ", "- ", "(3) ", "\u202a", "⑩");

describe("whatever is typed", () => {
  test("a code in a list is the code, in any case and however it is grouped", () => {
    fc.assert(
      fc.property(marks, codes, signs, fc.boolean(), (mark, one, sign, isSmall) => {
        const groups = (one.match(/.{4}/g) ?? []).join(sign);
        expect(canonicalCode(`${mark}${isSmall ? groups.toLowerCase() : groups.toUpperCase()}.`)).toBe(one);
      }),
    );
  });

  test("nothing throws, and what is read reads as itself", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 60 }), codes, (noise, one) => {
        for (const typed of [noise, noise + one, one + noise]) {
          const read = canonicalCode(typed);
          if (read !== null) expect([canonicalCode(read), canonicalCode(written(read))]).toEqual([read, read]);
        }
      }),
    );
  });
});
