import { rmSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { readStaticFiles } from "@/lib/serve/static-files";
import { makeStaticFolder } from "@/lib/testing/static-folder";

const house = { isHttps: true };

test("files are known by the address that a browser asks for, compressed forms by none", () => {
  const files = readStaticFiles(makeStaticFolder(), house);
  expect([...files.keys()].sort()).toEqual([
    "/_next/static/chunks/%5Ba%5D%20b~(c).js",
    "/_next/static/chunks/door.css",
    "/_next/static/chunks/door.js",
    "/_next/static/media/key.woff2",
    "/sign.svg",
  ]);
});

test("what is dense already is not compressed again", () => {
  const files = readStaticFiles(makeStaticFolder(), house);
  expect(files.get("/_next/static/chunks/door.js")?.codings).toEqual(["br", "gzip", "identity"]);
  expect(files.get("/_next/static/media/key.woff2")?.codings).toEqual(["identity"]);
});

test("where compressed forms are missing, the file is there as it is", () => {
  const folder = makeStaticFolder();
  rmSync(join(folder, "_next/static/chunks/door.js.br"));
  rmSync(join(folder, "_next/static/chunks/door.css.br"));
  rmSync(join(folder, "_next/static/chunks/door.css.gz"));
  const files = readStaticFiles(folder, house);
  expect(files.get("/_next/static/chunks/door.js")?.codings).toEqual(["gzip", "identity"]);
  expect(files.get("/_next/static/chunks/door.css")?.codings).toEqual(["identity"]);
});

test("the same content has the same tag in every copy of a build", () => {
  const [one, two] = [readStaticFiles(makeStaticFolder(), house), readStaticFiles(makeStaticFolder(), house)];
  expect([...one].map(([, { etag }]) => etag)).toEqual([...two].map(([, { etag }]) => etag));
});
