import { expect, test } from "vitest";
import { readForm } from "@/lib/web/read-form";

function form(...fields: readonly (readonly [string, string | Blob])[]): FormData {
  const made = new FormData();
  for (const [name, value] of fields) made.append(name, value);
  return made;
}

test("gives each field once, as text, without the framework's own", () => {
  expect(readForm(form(["code", "123456"], ["$ACTION_ID_x", ""]))).toEqual({ code: "123456" });
});

test.each([
  ["a field that comes twice", form(["code", "1"], ["code", "2"])],
  ["a file", form(["code", new Blob(["123456"])])],
  ["nothing", undefined],
  ["null", null],
  ["a word", "code=123456"],
  ["a list", [["code", "123456"]]],
  ["an object in a form's place", { entries: () => [["code", "123456"]] }],
])("refuses %s", (_, given) => {
  expect(readForm(given)).toBeNull();
});
