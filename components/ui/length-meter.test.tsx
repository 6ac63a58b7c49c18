import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import { LengthMeter } from "@/components/ui/length-meter";
import { passwordLength } from "@/lib/kernel/password-length";

const words = { missing: ["1 to go.", "2 to go.", "3 to go."], enough: "Enough.", good: "Good.", strong: "Strong." };
const verdict = (length: number) =>
  /<p[^>]*>(.*)<\/p>/.exec(renderToStaticMarkup(<LengthMeter id="m" length={length} words={words} />))?.[1];

test.each([
  [0, "3 to go."],
  [1, "2 to go."],
  [2, "1 to go."],
  [3, "Enough."],
  [19, "Enough."],
  [20, "Good."],
  [27, "Good."],
  [28, "Strong."],
  [500, "Strong."],
])("a password of %i characters hears: %s", (length, sentence) => {
  expect(verdict(length)).toBe(sentence);
});

test("a person's characters are counted, not the machine's units", () => {
  expect(passwordLength("密码👩")).toBe(3);
  expect(passwordLength("e\u0301")).toBe(1);
});

test("beside a password that was refused nothing is praised; what is missing is still said", () => {
  const said = (length: number) => renderToStaticMarkup(<LengthMeter id="m" length={length} words={words} isRefused />);
  expect(said(3)).not.toContain("Enough.");
  expect(said(30)).not.toContain("Strong.");
  expect(said(1)).toContain("2 to go.");
});
