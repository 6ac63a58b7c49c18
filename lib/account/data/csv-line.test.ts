import { expect, test } from "vitest";
import { csvLine } from "@/lib/account/data/csv-line";

test.each([
  ["plain", '"plain"\r\n'],
  ["", '""\r\n'],
  ['say "so", twice', '"say ""so"", twice"\r\n'],
  ["=HYPERLINK(1)", '"\'=HYPERLINK(1)"\r\n'],
  ["+44", '"\'+44"\r\n'],
  ["-1", '"\'-1"\r\n'],
  ["@SUM(A1)", '"\'@SUM(A1)"\r\n'],
  ["\t=1", '"\'\t=1"\r\n'],
  ["\r=1", '"\'\r=1"\r\n'],
  ["a=b", '"a=b"\r\n'],
])("%j is a text in every spreadsheet", (cell, line) => expect(csvLine([cell])).toBe(line));
