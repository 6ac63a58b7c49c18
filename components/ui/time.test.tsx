import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import { Time } from "@/components/ui/time";

const now = "2026-11-21T20:52:00Z";
const said = (at: string, language: string) =>
  renderToStaticMarkup(<Time at={at} now={now} language={language} />).replace(/<[^>]+>/g, "");

test.each([
  ["2026-11-21T20:51:30Z", "30 seconds ago", "30秒钟前"],
  ["2026-11-21T20:49:00Z", "3 minutes ago", "3分钟前"],
  ["2026-11-21T17:52:00Z", "3 hours ago", "3小时前"],
  ["2026-11-20T20:52:00Z", "yesterday", "昨天"],
  ["2026-08-21T10:00:00Z", "3 months ago", "3个月前"],
  ["2024-11-21T20:52:00Z", "2 years ago", "2年前"],
  ["2026-11-21T20:55:00Z", "in 3 minutes", "3分钟后"],
])("what happened at %s was %s", (at, english, chinese) => {
  expect(said(at, "en")).toBe(english);
  expect(said(at, "zh-Hans")).toBe(chinese);
});

test("the exact moment is there for those who look, in UTC and labelled so while no script knows the zone", () => {
  const html = renderToStaticMarkup(<Time at="2026-08-21T10:00:00Z" now={now} language="en" />);
  expect(html).toContain('dateTime="2026-08-21T10:00:00Z"');
  expect(html).toContain('title="Aug 21, 2026, 10:00 UTC"');
});
