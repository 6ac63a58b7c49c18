import { expect, test } from "vitest";
import { readAuthority } from "@/lib/kernel/authority";
import { readUrl } from "@/lib/kernel/url";

test.each([
  ["https://example.test/a?b#c", undefined, "https://example.test/a?b#c"],
  ["https://bücher.example/ä", undefined, "https://xn--bcher-kva.example/%C3%A4"],
  ["/login", "https://example.test", "https://example.test/login"],
  ["/login", undefined, null],
  ["https://", undefined, null],
  ["", undefined, null],
])("%j beside %j is %j", (text, base, href) => expect(readUrl(text, base)?.href ?? null).toBe(href));

test("a name is read the same however many were read before it", () => {
  const read = Array.from({ length: 20_000 }, (_, at) =>
    readAuthority(at % 2 === 0 ? `h${at}.example.test` : "bücher.example", "https"),
  );
  expect(read.filter((name) => name === null)).toEqual([]);
  expect(new Set(read.filter((_, at) => at % 2 === 1))).toEqual(new Set(["xn--bcher-kva.example"]));
});
