import { expect, test } from "vitest";
import { workOf } from "@/lib/testing/hostile/growth";
import { readApiBody } from "@/lib/web/api-body";

const json = "application/json";
const read = (body: string, type: string | null = json) =>
  readApiBody(
    new Request("http://localhost/api/v2/x", {
      method: "POST",
      body,
      headers: type === null ? {} : { "content-type": type },
    }),
  );

test.each([
  ['{"totp":"123456"}', json],
  ['{"totp":"123456"}', "application/json; charset=utf-8"],
  ['{"totp":"123456"}', "Application/JSON"],
])("%j as %j is read", async (body, type) =>
  expect(await read(body, type)).toEqual({ kind: "read", value: { totp: "123456" } }),
);

test("nothing at all says nothing", async () =>
  expect(await read("", "text/plain")).toEqual({ kind: "read", value: {} }));

test("brackets inside of a text are no depth", async () =>
  expect(await read(JSON.stringify({ text: `${"[{".repeat(500)}\\"` }))).toMatchObject({ kind: "read" }));

test("64 kB of quotes and backslashes cost no more than any other", async () => {
  const long = `"${'\\"'.repeat(32_000)}`;
  expect(await read(long)).toEqual({ kind: "unreadable" });
  expect(await workOf(read, long)).toBeLessThan(200);
});

test.each([
  ["another type", '{"a":1}', "text/plain"],
  ["a form", "a=1", "application/x-www-form-urlencoded"],
  ["a type that begins alike", "{}", "application/json-patch+json"],
  ["half of it", '{"a":', json],
  ["two of it", "{}{}", json],
  ["a deep list", `${"[".repeat(30_000)}${"]".repeat(30_000)}`, json],
  ["a deep object", `${'{"a":'.repeat(17)}1${"}".repeat(17)}`, json],
  ["a deep list without end", "[".repeat(60_000), json],
])("%s cannot be read", async (_, body, type) => expect(await read(body, type)).toEqual({ kind: "unreadable" }));
