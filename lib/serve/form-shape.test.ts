import { expect, test } from "vitest";
import { isReadableForm } from "@/lib/serve/form-shape";

const boundary = "----WebKitFormBoundary7MA4YWxkTrZu0gW";
const type = `multipart/form-data; boundary=${boundary}`;
const action = "7f".padEnd(42, "0");
const part = (head: string, content = "Ada") => `--${boundary}\r\n${head}\r\n\r\n${content}\r\n`;
const named = 'Content-Disposition: form-data; name="identifier"';
const end = `--${boundary}--\r\n`;

function reads(body: string, headers: Readonly<Record<string, string>> = { "content-type": type }): boolean {
  return isReadableForm(headers, Buffer.from(body));
}

test("what browsers send is read, with and without scripts", async () => {
  const given = new FormData();
  given.append('a "name"\r\n', "line one\r\nline two\r\n--\r\n语言");
  given.append("file", new Blob([new Uint8Array([0, 13, 10, 255])]), "né.txt");
  const sent = new Response(given);
  const headers = { "content-type": sent.headers.get("content-type") ?? "" };
  const body = Buffer.from(await sent.arrayBuffer());
  expect(isReadableForm(headers, body)).toBe(true);
  expect(isReadableForm({ ...headers, "next-action": action }, body)).toBe(true);
  expect(reads(part(named) + end)).toBe(true);
  expect(reads(end)).toBe(true);
});

test("bodies that are no multipart forms are not looked into", () => {
  expect(reads("a=1&b=%", { "content-type": "application/x-www-form-urlencoded" })).toBe(true);
  expect(reads("[]", { "content-type": "text/plain;charset=UTF-8", "next-action": action })).toBe(true);
  expect(reads("", {})).toBe(true);
});

test.each([
  ["nothing", ""],
  ["no form at all", "rubbish"],
  ["no end", part(named)],
  ["cut in the middle of a head", `--${boundary}\r\ncontent-disposition: form-da`],
  ["cut before its last letters", (part(named) + end).slice(0, -3)],
  ["something before the form", `x\r\n${part(named)}${end}`],
  ["something after the form", `${part(named)}${end}x`],
  ["another boundary", (part(named) + end).replaceAll(boundary, "another")],
  ["a boundary that goes on", part(named).replace(boundary, `${boundary}x`) + end],
  ["a part without a head", `--${boundary}\r\n\r\nAda\r\n${end}`],
  ["a part without a name", part("Content-Disposition: form-data") + end],
  ["a part that is no form's", part('Content-Disposition: attachment; name="a"') + end],
  ["a name in another writing", part("Content-Disposition: form-data; name*=utf-8''a") + end],
  ["a name that hides its end", part('Content-Disposition: form-data; name="a\\"; filename="b"') + end],
  [
    "an encoding, at which React ends the process",
    part(`${named}; filename="a"\r\ncontent-transfer-encoding: base64`) + end,
  ],
  ["a folded line", part(`${named};\r\n filename="a"`) + end],
  ["a bare line feed", part(named).replaceAll("\r\n", "\n") + end],
  ["a third line in a head", part(`${named}\r\nContent-Type: a/b\r\nX: y`) + end],
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
  expect(reads(part(named) + end, { "content-type": contentType })).toBe(false);
});

test("a boundary shorter than a browser's is only known to the parser of action calls", () => {
  const short = (part(named) + end).replaceAll(boundary, "short");
  const headers = { "content-type": 'multipart/form-data; boundary="short"' };
  expect(reads(short, headers)).toBe(false);
  expect(reads(short, { ...headers, "next-action": action })).toBe(true);
});

test.each(["", "zz", "7".repeat(41), `${"7".repeat(41)}\u00e9`])("no action is called %j", (id) => {
  expect(reads("[]", { "content-type": "text/plain", "next-action": id })).toBe(false);
});
