import { expect, test } from "vitest";
import { askedInAddress, askingFor } from "@/lib/web/asked-in-address";

test.each([
  ["", { language: "", theme: "" }],
  ["returnTo=%2Fsecurity&lang=zh", { language: "zh", theme: "" }],
  ["lang=en&lang=zh&theme=dark", { language: "en", theme: "dark" }],
  ["lang=zh%0d%0aset-cookie:x&theme=__proto__", { language: "zhsetcookiex", theme: "proto" }],
  [`lang=${"z".repeat(8000)}`, { language: "z".repeat(16), theme: "" }],
])("the query %j asks for a language and a theme in words that fit into a header", (query, asked) => {
  expect(askedInAddress(query)).toEqual(asked);
});

test("a page is asked for again in another language, and what else its address says stays", () => {
  const page = new URL("https://login.example.test/login?returnTo=%2Fsecurity%2Fpassword");
  const chinese = askingFor(page, "language", "zh");
  expect(chinese.search).toBe("?returnTo=%2Fsecurity%2Fpassword&lang=zh");
  expect(askingFor(chinese, "language", "en").search).toBe("?returnTo=%2Fsecurity%2Fpassword&lang=en");
  expect(askingFor(askingFor(chinese, "theme", "dark"), "theme", null).href).toBe(chinese.href);
  expect(askingFor(chinese, "language", null).href).toBe(page.href);
});
