import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { readStaticFiles } from "@/lib/serve/static-files";
import { keepFilesIn, keepFilesOf, leaveOutKnown } from "@/scripts/kept-files.mjs";

let folder: string;
const [built, kept] = [() => join(folder, ".next"), () => join(folder, ".sallyport", "files-before")];
const files = () => join(built(), "standalone", "files");

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "kept-files-"));
  mkdirSync(join(folder, ".sallyport"));
});
afterEach(() => rmSync(folder, { recursive: true }));

function lay(place: string, names: readonly string[], text = "") {
  for (const name of names) {
    mkdirSync(dirname(join(place, name)), { recursive: true });
    writeFileSync(join(place, name), text || name);
  }
}

function filesIn(place: string): string[] {
  const entries = readdirSync(place, { recursive: true, withFileTypes: true });
  return entries
    .flatMap((each) => (each.isFile() ? [join(each.parentPath, each.name).slice(place.length + 1)] : []))
    .sort();
}

/** What a build does: keeps the files of the one that stands, lays out its own, and leaves out what both have. */
function build(...names: readonly string[]) {
  keepFilesOf(built(), kept());
  rmSync(built(), { recursive: true, force: true });
  lay(files(), [...names, "favicon.svg"]);
  leaveOutKnown(kept(), files());
}

const script = (name: string) => [`_next/static/chunks/${name}.js`, `_next/static/chunks/${name}.js.br`];

test("the files of the build before lie beside the new ones, what both have once, and an older build's no more", () => {
  build(...script("one"), ...script("common"));
  expect(existsSync(kept())).toBe(false);
  build(...script("two"), ...script("common"));
  expect(filesIn(kept())).toEqual(script("one"));
  build(...script("three"), ...script("common"), "_next/static/css/door.css");
  expect(filesIn(kept())).toEqual(script("two"));
  build(...script("three"), ...script("common"));
  expect(filesIn(kept())).toEqual(["_next/static/css/door.css"]);
});

test("both are answered under their addresses, and only files with a hash in their name are kept", () => {
  build(...script("one"));
  build(...script("two"));
  const house = { isHttps: true };
  const known = new Map([...readStaticFiles(kept(), house), ...readStaticFiles(files(), house)]);
  expect([...known.keys()].sort()).toEqual([
    "/_next/static/chunks/one.js",
    "/_next/static/chunks/two.js",
    "/favicon.svg",
  ]);
  expect(known.get("/_next/static/chunks/one.js")?.codings).toEqual(["br", "identity"]);
});

test("a build that is not there, and a draft that was cut off, leave what was kept as it is", () => {
  build(...script("one"));
  build(...script("two"));
  rmSync(built(), { recursive: true });
  lay(`${kept()}.new`, ["_next/static/chunks/half.js"]);
  keepFilesOf(built(), kept());
  expect(filesIn(kept())).toEqual(script("one"));
  build(...script("three"));
  build(...script("four"));
  expect(filesIn(kept())).toEqual(script("three"));
});

test("another build's files can be handed in, as an image does with those of the release before", () => {
  const release = join(folder, "release");
  lay(release, [...script("one"), ...script("common"), "robots.txt"], "of the release before");
  lay(files(), [...script("two"), ...script("common")]);
  keepFilesIn(release, kept());
  leaveOutKnown(kept(), files());
  expect(filesIn(kept())).toEqual(script("one"));
  expect(readFileSync(join(kept(), script("one")[0] ?? ""), "utf8")).toBe("of the release before");
});
