import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import { ProtectionLine } from "@/components/security/protection-line";
import { sayIn } from "@/lib/messages/say";
import type { Language } from "@/lib/messages/words-shape";
import type { Closed } from "@/lib/throttle/closed-for";

const at = new Date("2030-01-07T09:00:00.000Z");
const factorOf = (closed: Closed, index: number) =>
  ({ id: `f${index}`, kind: "totp", label: "Phone", place: null, addedAt: at, lastUsedAt: null, closed }) as const;

const said = (closed: readonly Closed[], codesLeft = 8, language: Language = "en") => {
  const overview = { factors: closed.map(factorOf), codesLeft };
  const html = renderToStaticMarkup(<ProtectionLine overview={overview} say={sayIn(language)} />);
  return { words: html.replace(/<[^>]+>/g, ""), isGood: html.includes("text-good") };
};

test.each([
  [["nowhere"], "Your account is protected by one factor besides your password. You have 8 recovery codes.", true],
  [[], "Only your password protects this account.", false],
  [
    ["here"],
    "your second factor is closed: its codes are not accepted. Set it up again. Until then the second step is a recovery code, and you have 8.",
    false,
  ],
  [["here", "here"], "your second factors are closed: their codes are not accepted. Set them up again.", false],
  [
    ["nowhere", "here"],
    "protected by one factor besides your password. You have 8 recovery codes. After too many wrong codes another one is closed and protects nothing.",
    false,
  ],
  [
    ["elsewhere"],
    "protected by one factor besides your password. You have 8 recovery codes. After too many wrong codes one of them works only in browsers that know you.",
    false,
  ],
] as const)("with factors closed %j a person reads: %s", (closed, words, isGood) => {
  expect(said(closed).words).toContain(words);
  expect(said(closed).isGood).toBe(isGood);
});

test("nothing closed is counted as protection, and no code left is said", () => {
  expect(said(["here"], 0).words).not.toContain("protected by");
  expect(said(["here"], 0).words).toContain("and you have none.");
  expect(said(["here"], 3, "zh").words).toBe(
    "由于错误次数过多，您的 1 种第二重验证方式已停用，其验证码不会被接受。请重新设置。在此之前，第二步验证只能使用恢复代码；您有 3 个。",
  );
});
