import { expect, test } from "vitest";
import { bearerOf } from "@/lib/api/bearer";

test.each([
  ["Bearer abc.def.ghi", "abc.def.ghi"],
  ["bearer abc", "abc"],
  ["BEARER   abc  ", "abc"],
  ["abc.def.ghi", "abc.def.ghi"],
  ["bearerabc", "bearerabc"],
])("%j brings %j", (header, token) => expect(bearerOf(header)).toBe(token));

test.each([
  ...[null, "", " ", "Bearer", "Bearer ", "Bearer undefined", "undefined", "Bearer null", "null"],
  ...["Bearer Bearer abc", "Bearer abc def", "Bearer abc, Bearer def", "Basic YTpi", `Bearer ${"x".repeat(5000)}`],
])("%j brings nothing", (header) => expect(bearerOf(header)).toBeNull());
