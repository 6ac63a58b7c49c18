import { expect, test } from "vitest";
import { answerHeaders, isOriginOf, preflightHeaders } from "@/lib/web/cors";

const shop = "https://shop.example.test";
const known = new Set([shop, "http://localhost:8080"]);

test("an origin that some app lists may ask, and is named exactly", () => {
  expect(preflightHeaders(shop, known)).toMatchObject({
    "access-control-allow-origin": shop,
    "access-control-allow-credentials": "true",
    "access-control-allow-methods": "GET, POST, DELETE",
    vary: "Origin",
  });
});

test.each([
  null,
  "null",
  "",
  "*",
  "https://shop.example.test.evil.test",
  "https://shop.example.test:444",
  "http://shop.example.test",
  ...["https://shop.example.test/", "https://sub.shop.example.test", "https://shop.example.test, https://evil.test"],
])("%j may not, and no header says otherwise", (origin) =>
  expect(preflightHeaders(origin, known)).toEqual({ vary: "Origin" }),
);

test.each(["https://SHOP.example.test", "https://shop.example.test:443", "https://shop.example.test."])(
  "%s is the same origin, and is named as it was written, which is how a browser compares it",
  (origin) => {
    expect(preflightHeaders(origin, known)).toMatchObject({ "access-control-allow-origin": origin });
    expect(isOriginOf({ origins: [shop] }, origin)).toBe(true);
  },
);

test("a call is judged by the app that it names; programs that send no origin are no browsers", () => {
  expect(isOriginOf({ origins: [shop] }, shop)).toBe(true);
  expect(isOriginOf({ origins: [] }, shop)).toBe(false);
  expect(isOriginOf({ origins: [shop] }, "null")).toBe(false);
  expect(isOriginOf({ origins: [] }, null)).toBe(true);
  expect(answerHeaders(null)).toEqual({ vary: "Origin" });
  expect(answerHeaders(shop)).toMatchObject({ "access-control-allow-origin": shop });
});
