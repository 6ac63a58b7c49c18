import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import { CodesLeft } from "@/components/security/codes-left";
import { sayIn } from "@/lib/messages/say";
import type { Language } from "@/lib/messages/words-shape";

const at = new Date("2030-01-07T08:30:00.000Z");
const said = (left: number, unsaved: number, language: Language = "en") =>
  renderToStaticMarkup(
    <CodesLeft codes={{ left, since: at, unsaved, unsavedSince: unsaved === 0 ? null : at }} say={sayIn(language)} />,
  ).replace(/<[^>]+>/g, "");

test("who has saved all of them reads how many are left, and no more", () => {
  expect(said(10, 0)).toBe("10 codes are left.");
});

test("of codes that nobody has said to have saved it is told when they were made, that they work, and what to do", () => {
  expect(said(10, 10)).toContain("10 codes are left.They were made on 7 Jan 2030");
  expect(said(10, 10)).toContain(
    "UTC, but never confirmed as saved. They work, if you have them. If not, make new codes.",
  );
  expect(said(10, 1)).toContain("One of them was made on 7 Jan 2030");
  expect(said(10, 1)).toContain("It works, if you have it.");
  expect(said(10, 3)).toContain("3 of them were made on");
  expect(said(1, 1)).toContain("It was made on");
  expect(said(10, 3, "zh")).toContain("其中 3 个于");
  expect(said(10, 10, "zh")).toMatch(/这些代码于 .*2030.* UTC 生成，但从未确认已保存。/);
});
