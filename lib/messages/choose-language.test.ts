import { expect, test } from "vitest";
import { chooseLanguage } from "@/lib/messages/choose-language";

const choose = (acceptLanguage: string | null, cookie: string | null = null) =>
  chooseLanguage({ cookie, acceptLanguage, fallback: "en" });

test.each([
  ["zh-CN,zh;q=0.9,en;q=0.8", "zh"],
  ["zh-Hans", "zh"],
  ["en;q=0.4, ZH ; q=0.7", "zh"],
  ["de-DE,de;q=0.9,en;q=0.3,zh;q=0.2", "en"],
  ["zh;q=0, en;q=0.1", "en"],
  ["en,zh", "en"],
  ["zh,en", "zh"],
  ["*", "en"],
  ["zh;q=banana", "en"],
  ["", "en"],
  [null, "en"],
  [`${"x,".repeat(5000)}zh`, "en"],
])("a browser that asks for %s is answered in %s", (header, language) => {
  expect(choose(header)).toBe(language);
});

test("what a person chose counts more than what their browser says", () => {
  expect(choose("en", "zh")).toBe("zh");
});

test("what the address of a page asks for counts where nothing was chosen", () => {
  const from = (cookie: string | null, asked: string) =>
    chooseLanguage({ cookie, asked, acceptLanguage: "en", fallback: "en" });
  expect([from(null, "zh"), from("en", "zh"), from(null, ""), from(null, "klingon")]).toEqual(["zh", "en", "en", "en"]);
});

test("a cookie that names no language is ignored", () => {
  expect(choose("zh", "klingon")).toBe("zh");
  expect(choose(null, "constructor")).toBe("en");
});

test("the operator's language is the last word", () => {
  expect(chooseLanguage({ cookie: null, acceptLanguage: "fr", fallback: "zh" })).toBe("zh");
});
