import { expect, test } from "vitest";
import { shapeOfForm } from "@/lib/serve/form-shape";

const boundary = "----WebKitFormBoundary7MA4YWxkTrZu0gW";
const type = `multipart/form-data; boundary=${boundary}`;
const action = "7f".padEnd(42, "0");
const part = (head: string, content = "Ada") => `--${boundary}\r\n${head}\r\n\r\n${content}\r\n`;
const whole = 'Content-Disposition: form-data; name="identifier"';
const end = `--${boundary}--\r\n`;

function reads(body: string, headers: Readonly<Record<string, string>> = { "content-type": type }): boolean {
  return shapeOfForm(headers, Buffer.from(body)).kind === "readable";
}

/** The names of the actions in a body, or that it cannot be read. */
function actionsOf(body: string, headers: Readonly<Record<string, string>> = { "content-type": type }) {
  const shape = shapeOfForm(headers, Buffer.from(body));
  return shape.kind === "readable" ? shape.actions : shape.kind;
}

const field = (name: string, value: string) => part(`Content-Disposition: form-data; name="${name}"`, value);

test("what browsers send is read, with and without scripts", async () => {
  const given = new FormData();
  given.append('a "name"\r\n', "line one\r\nline two\r\n--\r\n语言");
  given.append("file", new Blob([new Uint8Array([0, 13, 10, 255])]), "né.txt");
  const sent = new Response(given);
  const headers = { "content-type": sent.headers.get("content-type") ?? "" };
  const body = Buffer.from(await sent.arrayBuffer());
  expect(shapeOfForm(headers, body)).toEqual({ kind: "readable", actions: [] });
  expect(reads(part(whole) + end)).toBe(true);
  expect(reads(end)).toBe(true);
});

test("bodies that are no multipart forms are not looked into, and call no action", () => {
  expect(reads("a=1&b=%", { "content-type": "application/x-www-form-urlencoded" })).toBe(true);
  expect(reads("", {})).toBe(true);
  for (const other of ["text/plain;charset=UTF-8", "application/x-www-form-urlencoded", "application/json", ""])
    expect(reads("[]", { "content-type": other, "next-action": action })).toBe(false);
});

const call = { "content-type": type, "next-action": action };
const state = '{"status":"error","id":"a.b","text":"$$5","kept":{"identifier":"語"}}';

test.each([
  ["of a form", field("_1_identifier", "Ada") + field("0", '[{"status":"idle"},"$K1"]')],
  ["of a form that was answered before", field("0", `[${state},"$K1"]`) + field("_1_identifier", "Ada")],
  ["of a button", field("0", '["$K1"]')],
  ["of a form whose number is large", field("_a_code", "1") + field("0", '["$undefined","$Ka"]')],
])("a call by script %s is read", (_, fields) => expect(actionsOf(fields + end, call)).toEqual([action]));

test.each([
  ["no arguments", ""],
  ["no list", field("0", "{}")],
  ["no JSON", field("0", "[")],
  ["arguments that come twice", field("0", "[]") + field("0", "[]")],
  ["a file in their place", part('Content-Disposition: form-data; name="0"; filename="x"', "[]")],
  ["a reference to another value", field("0", '["$1"]') + field("1", "5")],
  ["two forms", field("0", '["$K1","$K2"]')],
  ["a field of no form", field("0", '["$K1"]') + field("2", "5")],
  ["fields and no form", field("0", "[5]") + field("_1_code", "5")],
  ["a form inside the state", field("0", '[{"a":"$K1"},"$K1"]')],
  ["a state that is too deep", field("0", '[[[[[["x"]]]]],"$K1"]')],
  ["a state with a prototype", field("0", '[{"__proto__":{}},"$K1"]')],
  ["more arguments than an action has", field("0", '["","","","","$K1"]')],
])("a call by script with %s is not", (_, fields) => expect(actionsOf(fields + end, call)).toBe("unreadable"));

const reference = field("$ACTION_REF_1", "");
const named = (bound: string, id = action) => field("$ACTION_1:0", `{"id":"${id}","bound":${bound}}`);
const bound = reference + named('"$@1"') + field("$ACTION_1:1", `[${state}]`);

test.each([
  ["with a state", bound + field("$ACTION_KEY", "k1") + field("code", "5"), [action]],
  ["without one", field(`$ACTION_ID_${action}`, ""), [action]],
  ["that is bound to nothing", reference + named("null"), [action]],
  ["for no action", field("code", "$ACTION_REF_1"), []],
])("a form without scripts %s is read", (_, fields, actions) => expect(actionsOf(fields + end)).toEqual(actions));

test.each([
  ["a state that is none", reference + named('"$@1"') + field("$ACTION_1:1", "[")],
  ["no state", reference + named('"$@1"')],
  ["a state nobody asks for", reference + named("null") + field("$ACTION_1:1", "[]")],
  ["a state somewhere else", reference + named('"$@9"') + field("$ACTION_1:1", "[]")],
  ["a state in a circle", reference + named('"$@0"')],
  [
    "a state that is a file",
    reference + named('"$@1"') + part('Content-Disposition: form-data; name="$ACTION_1:1"; filename="x"', "[]"),
  ],
  ["a reference in its state", reference + named('"$@1"') + field("$ACTION_1:1", '["$F1"]')],
  ["a reference to nothing", reference],
  ["parts of nothing", named("null")],
  ["the same part twice", bound + named('"$@1"')],
  ["an odd name of the action", reference + named("null", "toString")],
  ["an odd reference", field("$ACTION_REF_x", "")],
  ["an odd id", field("$ACTION_ID_7", "")],
  ["a long key", field("$ACTION_KEY", "k".repeat(257))],
  ["a field of the framework's that it does not know", field("$ACTION_X", "")],
])("a form without scripts with %s is not", (_, fields) => expect(actionsOf(fields + end)).toBe("unreadable"));

test.each([
  ["nothing", ""],
  ["no form at all", "rubbish"],
  ["no end", part(whole)],
  ["cut in the middle of a head", `--${boundary}\r\ncontent-disposition: form-da`],
  ["cut before its last letters", (part(whole) + end).slice(0, -3)],
  ["something before the form", `x\r\n${part(whole)}${end}`],
  ["something after the form", `${part(whole)}${end}x`],
  ["another boundary", (part(whole) + end).replaceAll(boundary, "another")],
  ["a boundary that goes on", part(whole).replace(boundary, `${boundary}x`) + end],
  ["a part without a head", `--${boundary}\r\n\r\nAda\r\n${end}`],
  ["a part without a name", part("Content-Disposition: form-data") + end],
  ["a part that is no form's", part('Content-Disposition: attachment; name="a"') + end],
  ["a name in another writing", part("Content-Disposition: form-data; name*=utf-8''a") + end],
  ["a name that hides its end", part('Content-Disposition: form-data; name="a\\"; filename="b"') + end],
  [
    "an encoding, at which React ends the process",
    part(`${whole}; filename="a"\r\ncontent-transfer-encoding: base64`) + end,
  ],
  ["a folded line", part(`${whole};\r\n filename="a"`) + end],
  ["a bare line feed", part(whole).replaceAll("\r\n", "\n") + end],
  ["a third line in a head", part(`${whole}\r\nContent-Type: a/b\r\nX: y`) + end],
])("a form with %s is not", (_, body) => {
  expect(reads(body)).toBe(false);
});

test.each([
  ["no boundary", "multipart/form-data"],
  ["an empty one", "multipart/form-data; boundary="],
  ["more than a boundary", `${type}; charset=utf-8`],
  ["two boundaries", `${type}; boundary=x`],
  ["one that is too long", `multipart/form-data; boundary=${"x".repeat(71)}`],
  ["another kind of parts", `multipart/mixed; boundary=${boundary}`],
])("a type with %s is not", (_, contentType) => {
  expect(reads(part(whole) + end, { "content-type": contentType })).toBe(false);
});

test("a boundary shorter than a browser's is only known to the parser of action calls", () => {
  const short = (part(whole) + end).replaceAll(boundary, "short");
  const headers = { "content-type": 'multipart/form-data; boundary="short"' };
  expect(reads(short, headers)).toBe(false);
  const called = (field("0", '["$K1"]') + end).replaceAll(boundary, "short");
  expect(reads(called, { ...headers, "next-action": action })).toBe(true);
});

test.each(["", "zz", "7".repeat(41), `${"7".repeat(41)}\u00e9`])("no action is called %j", (id) => {
  expect(reads(field("0", '["$K1"]') + end, { ...call, "next-action": id })).toBe(false);
});
