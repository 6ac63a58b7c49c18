import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import { Time } from "@/components/ui/time";
import { exactWords, lengthWords } from "@/components/ui/time-words";

const now = "2026-11-21T20:52:00Z";
const said = (at: string, language: string) =>
  renderToStaticMarkup(<Time at={at} now={now} language={language} />).replace(/<[^>]+>/g, "");

test.each([
  ["2026-11-21T20:51:30Z", "30 seconds ago", "30 秒前"],
  ["2026-11-21T20:49:00Z", "3 minutes ago", "3 分钟前"],
  ["2026-11-21T17:52:00Z", "3 hours ago", "3 小时前"],
  ["2026-11-20T20:52:00Z", "yesterday", "昨天"],
  ["2026-08-21T10:00:00Z", "3 months ago", "3 个月前"],
  ["2024-11-21T20:52:00Z", "2 years ago", "2 年前"],
  ["2026-11-21T20:55:00Z", "in 3 minutes", "3 分钟后"],
])("what happened at %s was %s", (at, english, chinese) => {
  expect(said(at, "en")).toBe(english);
  expect(said(at, "zh-Hans")).toBe(chinese);
});

test("the exact moment is there for those who look, in UTC and labelled so while no script knows the zone", () => {
  const html = renderToStaticMarkup(<Time at="2026-08-21T10:00:00Z" now={now} language="en" />);
  expect(html).toContain('dateTime="2026-08-21T10:00:00Z"');
  expect(html).toContain('title="21 Aug 2026, 10:00 UTC"');
});

test("a moment has one form in each language, with its zone after the time", () => {
  expect(exactWords("2026-08-01T09:05:00Z", "en", "UTC")).toBe("1 Aug 2026, 09:05 UTC");
  expect(exactWords("2026-08-01T09:05:00Z", "zh-Hans", "UTC")).toBe("2026年8月1日 09:05 UTC");
});

test.each([
  [75, "1 minute, 15 seconds", "1 分钟 15 秒"],
  [59, "59 seconds", "59 秒"],
  [60, "1 minute", "1 分钟"],
  [1, "1 second", "1 秒"],
])("%d seconds are %s", (total, english, chinese) => {
  expect([lengthWords(total, "en"), lengthWords(total, "zh-Hans")]).toEqual([english, chinese]);
});
