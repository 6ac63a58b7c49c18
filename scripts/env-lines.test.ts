import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import { envLine, readEnv } from "@/scripts/env-lines.mjs";
import { fileText } from "@/scripts/file-text.mjs";

const read = (text: string) => readEnv(text).values;

test.each([
  ["NAME=value", "value"],
  ["NAME=", ""],
  ["NAME = value  ", "value"],
  ["\tNAME\t=\tvalue\t", "value"],
  ["export NAME=value", "value"],
  ["  export\tNAME=value", "value"],
  ["NAME=C# Club", "C# Club"],
  ["NAME=C#", "C#"],
  ["NAME=#1d5b79", "#1d5b79"],
  ["NAME=#1d5b79 # blue", "#1d5b79"],
  ["NAME=a#b#c", "a#b#c"],
  ["NAME=a #b", "a"],
  ["NAME=a\t# b", "a"],
  ["NAME= # nothing", ""],
  ["NAME=a=b==", "a=b=="],
  ['NAME="a # b"', "a # b"],
  ['NAME="a # b" # c', "a # b"],
  ["NAME='a # b'\t#c", "a # b"],
  ["NAME=`a \"b\" 'c'`", "a \"b\" 'c'"],
  ['NAME="say \\"hi\\""', 'say "hi"'],
  ['NAME="a\\nb\\tc\\\\n"', "a\nb\tc\\n"],
  ['NAME="C:\\portal\\data"', "C:\\portal\\data"],
  ["NAME='a\\nb'", "a\\nb"],
  ["NAME=a\\nb", "a\\nb"],
  ['NAME="  kept  "', "  kept  "],
  ['NAME=""', ""],
  ["NAME=''", ""],
  ["NAME=Ada's", "Ada's"],
  ['NAME=5" pipes', '5" pipes'],
  ["NAME=$HOME/$X{y}", "$HOME/$X{y}"],
  ['NAME="$HOME"', "$HOME"],
  ['NAME="Acme, Inc." <a@b.test>', '"Acme, Inc." <a@b.test>'],
  ['NAME="Acme # 1" <a@b.test> # who', '"Acme # 1" <a@b.test>'],
  ['NAME="two\nlines"', "two\nlines"],
  ['NAME="two\r\nlines" # end', "two\nlines"],
  ["NAME=商店 №1", "商店 №1"],
])("%j sets %j", (text, value) => {
  for (const file of [text, `${text}\n`, `${text}\r\n`, `A=1\n\n# b\n${text}\r\nC=3`, `A=1\r${text}\rC=3`]) {
    const { values, mistakes } = readEnv(file);
    expect({ value: values.NAME, mistakes }).toEqual({ value, mistakes: [] });
  }
});

test.each([
  ["PORTAL_KEYS", "is not understood"],
  ["PORTAL_KEYS: k1", "is not understood"],
  ["=k1", "is not understood"],
  ["2ND=k1", "is not understood"],
  ["$env:NAME=lovelace", "is not understood"],
  ["<<<<<<< HEAD", "is not understood"],
  ['NAME="lovelace', "not closed"],
  ["NAME='lovelace\nOTHER='x'", "not closed"],
  ['NAME="C:\\lovelace\\"', "not closed"],
  ['NAME="lovelace"# who', "a space before the #"],
])("%j is told by its line, without its value", (text, words) => {
  const { mistakes } = readEnv(`\n${text}`);
  expect(mistakes[0]).toMatch(/^line 2 .*\.$/);
  expect(mistakes[0]).toContain(words);
  expect(mistakes.join()).not.toContain("lovelace");
});

test("a name that stands twice is told with both lines, and the last one counts", () => {
  expect(readEnv("PORT=1\nHOST=::1\nPORT=2")).toEqual({
    values: { PORT: "2", HOST: "::1" },
    notes: ["line 3 sets PORT again (it stands on line 1 too); the last one counts."],
    mistakes: [],
  });
});

test("a colour behind a space is a comment, and that is told", () => {
  expect(readEnv("BRAND_ACCENT= #1d5b79").notes).toEqual([expect.stringMatching(/^line 1 sets nothing: .*\.$/)]);
  expect(readEnv("BRAND_ACCENT= # none yet").notes).toEqual([]);
});

test("names that objects have already are names like others", () => {
  expect(Object.entries(read("__proto__=a\nconstructor=b"))).toEqual([
    ["__proto__", "a"],
    ["constructor", "b"],
  ]);
});

/** The same texts in every run: pieces of everything that means something in such a file, put together by a hash. */
function texts(count: number): string[] {
  const pieces = [
    '"',
    "'",
    "`",
    "#",
    " #",
    " ",
    "\t",
    "\n",
    "\r",
    "\\",
    "\\n",
    "$",
    "{",
    "=",
    "export ",
    "é",
    "商",
    "a",
    ",",
    "\uFEFF",
    "<",
    "\u2028",
  ];
  return Array.from({ length: count }, (_, n) =>
    [
      ...createHash("sha256")
        .update(String(n))
        .digest()
        .subarray(0, 1 + (n % 24)),
    ]
      .map((byte) => pieces[byte % pieces.length])
      .join(""),
  );
}

test("what is written is read back, whatever it is, also among other lines", () => {
  for (const value of texts(5000)) {
    const text = `BEFORE=1\n${envLine("NAME", value)}\nAFTER=2\n`;
    expect(readEnv(text)).toEqual({ values: { BEFORE: "1", NAME: value, AFTER: "2" }, notes: [], mistakes: [] });
  }
});

test("reading once more what was read changes nothing, and no text makes the reader fail", () => {
  for (const text of texts(5000)) {
    const once = read(`NAME=${text}\nA=1\n${text}`);
    const again = Object.entries(once).map(([name, value]) => envLine(name, value));
    expect(read(again.join("\n"))).toEqual(once);
  }
});

test("a file's alphabet: marks go, anything but UTF-8 is told in a sentence", () => {
  const bytes = (text: string, encoding: BufferEncoding = "utf8") => Buffer.from(text, encoding);
  expect(fileText(bytes("\uFEFFA=é"))).toEqual({ text: "A=é" });
  expect(fileText(bytes("\uFEFF\uFEFFA=1"))).toEqual({ text: "A=1" });
  expect(fileText(bytes(""))).toEqual({ text: "" });
  for (const odd of [
    bytes("\uFEFFA=1", "utf16le"),
    bytes("\uFEFFA=1", "utf16le").swap16(),
    bytes("A=1", "utf16le"),
    bytes("A=\0"),
  ])
    expect(fileText(odd)).toEqual({ mistake: expect.stringMatching(/^is not saved as UTF-8.*\.$/) });
  expect(fileText(bytes("A=é", "latin1"))).toEqual({
    mistake: expect.stringMatching(/^holds letters that are not UTF-8.*\.$/),
  });
});
