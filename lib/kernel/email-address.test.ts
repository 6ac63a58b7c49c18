import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readEmailAddress, showEmail } from "@/lib/kernel/email-address";

const buecher = "ada@xn--bcher-kva.test";

describe("every spelling of one mailbox is one address", () => {
  test.each([
    ["as it is", "ada@bücher.test"],
    ["as browsers rewrite it", "ada@xn--bcher-kva.test"],
    ["in capitals", "ADA@BÜCHER.TEST"],
    ["in capitals as browsers rewrite it", "Ada@XN--BCHER-KVA.Test"],
    ["with its umlaut in two", "ada@bu\u0308cher.test"],
    ["in full width", "ａｄａ＠bücher．test"],
    ["with an ideographic full stop", "ada@bücher。test"],
    ["with the root's dot", "ada@bücher.test."],
    ["with white space around", "\t ada@bücher.test \r\n"],
    ["with marks of direction", "\u202dada@\u200ebücher.test\u202c"],
    ["with a soft hyphen and a zero width space", "a\u00adda@büch\u200ber.test\ufeff"],
    ["out of a link", "mailto:ada@bücher.test"],
    ["out of a link with a subject", "mailto:ada@bücher.test?subject=x y&cc=eve@example.test"],
    ["out of an address book", "Ada King <ada@bücher.test>"],
    ["out of one with quotation marks", '"King, Ada" <ada@bücher.test>;'],
    ["in angle brackets", "<ada@bücher.test>"],
    ["in angle brackets of full width", "＜mailto:ada@bücher.test＞"],
    ["with a comma behind", "ada@bücher.test,"],
    ["with a semicolon behind", "ada@bücher.test. ; "],
  ])("%s", (_, typed) => expect(readEmailAddress(typed)).toBe(buecher));

  test.each([
    ["ada+codes@example.test", "ada+codes@example.test"],
    ["ADA.KING@Example.TEST", "ada.king@example.test"],
    ["jürgen@example.test", "jürgen@example.test"],
    ["ju\u0308rgen@example.test", "jürgen@example.test"],
    ["ΝΙΚΟΣ.ΣΤΑΜΑΤΙΟΥ@example.test", "νικος.σταματιου@example.test"],
    ["νικοσ.ςταματιου@example.test", "νικος.σταματιου@example.test"],
    ["阿达@例子.测试", "阿达@xn--fsqu00a.xn--0zwm56d"],
    ["ada@نامه\u200cای.com", "ada@xn--mgba3gch31f060k.com"],
    ["ada@STRASSE.test", "ada@strasse.test"],
    ["ada@straße.test", "ada@xn--strae-oqa.test"],
    ["ada@STRAẞE.test", "ada@xn--strae-oqa.test"],
  ])("%j is stored as %j", (typed, stored) => expect(readEmailAddress(typed)).toBe(stored));
});

test.each([
  ["two dots in the domain", "x@example..test"],
  ["two dots at its end", "x@example.test.."],
  ["a dot before it", "x@.example.test"],
  ["two dots before the @", "a..b@example.test"],
  ["a dot in front", ".a@example.test"],
  ["a dot just before the @", "a.@example.test"],
  ["nothing before the @", "@example.test"],
  ["nothing behind it", "ada@"],
  ["no @", "ada.example.test"],
  ["two of them", "ada@eve@example.test"],
  ["a space inside", "ada king@example.test"],
  ["a space before the @", "ada @example.test"],
  ["a space behind it", "ada@ example.test"],
  ["two of them in a list", "ada@example.test, eve@example.test"],
  ["an address as a name", "eve@example.test <ada@example.test>"],
  ["two in angle brackets", "<eve@example.test> <ada@example.test>"],
  ["a bracket that does not close", "Ada <ada@example.test"],
  ["a header as a name", "Ada\r\nBcc: eve <ada@example.test>"],
  ["a subject without its scheme", "ada@example.test?subject=x"],
  ["a quoted part", '"ada"@example.test'],
  ["a comment", "ada(king)@example.test"],
  ["a second header", "ada@example.test\r\nBcc: eve@example.test"],
  ["a NUL", "ada\u0000@example.test"],
  ["a machine's own name", "ada@localhost"],
  ["an IP address", "ada@127.0.0.1"],
  ["one in brackets", "ada@[127.0.0.1]"],
  ["one in hexadecimal", "ada@0x7f.1"],
  ["a port", "ada@example.test:25"],
  ["a path", "ada@example.test/x"],
  ["a name in per cent", "ada@ex%61mple.test"],
  ["an underscore in the domain", "ada@a_b.test"],
  ["a hyphen in front of a label", "ada@-a.test"],
  ["a hyphen at its end", "ada@a-.test"],
  ["a label of 64", `ada@${"a".repeat(64)}.test`],
  ["65 before the @", `${"a".repeat(65)}@example.test`],
  ["33 letters of two octets before it", `${"ü".repeat(33)}@example.test`],
  ["255 in all", `${"a".repeat(64)}@${`${"b".repeat(60)}.`.repeat(3)}cccccc.test`],
  ["a label that only seems to be encoded", "ada@xn--test-.com"],
  ["one that does not decode", "ada@xn--a.test"],
  ["a letter that becomes two", "ada@a℀b.test"],
  ["far too much", `ada@example.test${" ".repeat(2000)}`],
  ["nothing at all", ""],
])("%s: no letter can reach it", (_, typed) => expect(readEmailAddress(typed)).toBeNull());

test("the longest that can be reached is read", () => {
  const longest = `${"a".repeat(64)}@${`${"b".repeat(60)}.`.repeat(3)}c.test`;
  expect(longest.length).toBe(254);
  expect(readEmailAddress(longest)).toBe(longest);
});

describe("an address is shown as people know it", () => {
  test.each([
    [buecher, "ada@bücher.test"],
    ["阿达@xn--fsqu00a.xn--0zwm56d", "阿达@例子.测试"],
    ["ada@xn--e1afmkfd.test", "ada@пример.test"],
    ["ada@example.test", "ada@example.test"],
    ["ada@xn--80ak6aa92e.com", "ada@xn--80ak6aa92e.com"], // nothing but Cyrillic letters that look like apple
    ["ada@xn--pple-43d.com", "ada@xn--pple-43d.com"], // a Cyrillic а among Latin letters
    ["x@bücher.test", "x@bücher.test"], // stored before, and taken in its new form
    ["a..b@example.test", "a..b@example.test"],
    ["no address", "no address"],
  ])("%s as %s", (stored, shown) => expect(showEmail(stored)).toBe(shown));
});

const text = (maxLength: number) => fc.string({ unit: "binary", maxLength });
const spelled = fc.record({
  local: fc.oneof(
    fc.stringMatching(/^[a-z0-9]{1,10}(?:[.+-][a-z0-9]{1,5}){0,2}$/),
    fc.stringMatching(/^[ασςάο]{1,10}(?:[.+-][ασς1]{1,5}){0,2}$/),
  ),
  domain: fc.constantFrom("bücher.test", "例子.测试", "пример.рф", "example.test", "straße.example.test", "ελλάδα.gr"),
  ignorable: fc.constantFrom("", "\u200b", "\u200e", "\u00ad", "\ufeff", "\u2060"),
  isUpper: fc.boolean(),
  isDecomposed: fc.boolean(),
  ending: fc.constantFrom("", ".", " ", "\u200f", "\n"),
});

describe("whatever is typed", () => {
  test("all spellings of one address are one, and its shown form is one of them", () => {
    fc.assert(
      fc.property(spelled, ({ local, domain, ignorable, isUpper, isDecomposed, ending }) => {
        const plain = `${local}@${domain}`;
        const stored = readEmailAddress(plain);
        const other = (isUpper ? plain.toUpperCase().replace("STRASSE", "STRAßE") : plain).normalize(
          isDecomposed ? "NFD" : "NFC",
        );
        expect(stored).not.toBeNull();
        expect(readEmailAddress(ignorable + other.replace("@", `${ignorable}@`) + ending)).toBe(stored);
        expect(readEmailAddress(showEmail(stored ?? ""))).toBe(stored);
      }),
    );
  });

  test("nothing throws, and what is read reads as itself, also as it is shown", () => {
    const typed = fc.oneof(
      text(80),
      fc.tuple(text(12), text(12)).map(([local, host]) => `${local}@${host}.test`),
      fc.emailAddress(),
      fc.tuple(text(6), fc.domain()).map(([local, host]) => `a${local}@${host}`),
    );
    fc.assert(
      fc.property(typed, (any) => {
        const stored = readEmailAddress(any);
        if (stored === null) return;
        expect(readEmailAddress(stored)).toBe(stored);
        expect(readEmailAddress(showEmail(stored))).toBe(stored);
      }),
      { numRuns: 3000 },
    );
  });
});
