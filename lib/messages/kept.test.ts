import { expect, test } from "vitest";
import { kept } from "@/lib/messages/kept";

test("what was made for the same names is given again, and for others another one", () => {
  const days = kept(
    (language: string, timeZone: string | undefined) => new Intl.DateTimeFormat(language, { timeZone }),
  );
  expect(days("en", "UTC")).toBe(days("en", "UTC"));
  expect(days("en", "UTC")).not.toBe(days("en", "Asia/Shanghai"));
  expect(days("en", undefined)).not.toBe(days("zh", undefined));
});

test("two names are not one name that is written together", () => {
  const pair = kept((one: string, other: string) => ({ one, other }));
  expect([pair("a", "bc"), pair("ab", "c")]).toEqual([
    { one: "a", other: "bc" },
    { one: "ab", other: "c" },
  ]);
});
