import { expect, test } from "vitest";
import { returnTo } from "@/lib/web/return-to";

test.each(["/security", "/security/password", "/security/factors/abc_-1?from=login&x=%20y", "/security?x=//e"])(
  "%j is ours",
  (path) => {
    expect(returnTo(path)).toBe(path);
  },
);

const hostile: readonly unknown[] = [
  "//e",
  "///e",
  "/\\e",
  "\\\\e",
  "\\/e",
  "/\\/e",
  "https:e",
  "https://good@e",
  "https://e",
  "http:/e",
  "//good@e/",
  "%2f%2fe",
  "/%2f/e",
  "/%2fe",
  "/%5ce",
  "/%09/e",
  "/%0d%0aset-cookie:x",
  "/%00",
  "/%252fe",
  "/%2e%2e/e",
  "/..//e",
  "/.//e",
  "/security//e",
  "/security/../..//e",
  "javascript:alert(1)",
  "java\tscript:x",
  "data:text/html,x",
  "vbscript:x",
  "blob:x",
  "／／e",
  "/／e",
  "/．．/e",
  "/\u2215/e",
  "/\u202ee",
  "/\t/e",
  "/\n/e",
  "/\r/e",
  "/\0e",
  " /e",
  "/e ",
  "/e#f",
  "/<script>",
  '/"',
  "/%",
  "/%zz",
  "",
  "/",
  ".",
  "..",
  "e",
  "/login",
  "/login?returnTo=/login",
  "/challenge/totp",
  "/api/v2/x",
  "/_next/x",
  "/setup",
  `/${"a".repeat(8192)}`,
  ["/security"],
  { toString: () => "/security" },
  null,
  undefined,
  7,
  true,
  new URL("https://e/"),
];

test.each(hostile.map((value) => [value]))("%j leads home", (value) => {
  expect(returnTo(value)).toBe("/security");
});

test("whatever comes out stays with us in every browser's reading", () => {
  for (const value of hostile) {
    const { origin, pathname } = new URL(returnTo(value), "https://own.test");
    expect(origin).toBe("https://own.test");
    expect(pathname.startsWith("//")).toBe(false);
  }
});
