import { spawnSync } from "node:child_process";
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";

const home = mkdtempSync(join(tmpdir(), "fingerprint-"));
const checkout = join(home, "checkout");
const program = 'const { fingerprint } = await import("./scripts/fingerprint.mjs"); console.log(fingerprint(["lib"]));';
const longAgo = new Date("2020-01-01");

/** The mark of `lib` in `folder`, as a start of its own finds it; `later`: on a clock that is so many ms ahead, for which nothing is too fresh, or behind. */
function markOf(folder: string, later = 10_000): string {
  const ahead = `const { now } = Date; Date.now = () => now() + ${later}; ${program}`;
  const { stdout, stderr } = spawnSync(process.execPath, ["--input-type=module", "-e", ahead], {
    cwd: folder,
    encoding: "utf8",
  });
  expect(stderr).toBe("");
  return stdout;
}

function write(text: string): void {
  writeFileSync(join(checkout, "lib", "a.ts"), text);
  utimesSync(join(checkout, "lib", "a.ts"), longAgo, longAgo);
}

const kept = () => readFileSync(join(checkout, ".sallyport", "digests.json"), "utf8");

beforeAll(() => {
  for (const name of ["lib", ".sallyport"]) mkdirSync(join(checkout, name), { recursive: true });
  cpSync(join(process.cwd(), "scripts"), join(checkout, "scripts"), {
    recursive: true,
    filter: (path) => !/\.test\.ts$/.test(path),
  });
});
afterAll(() => rmSync(home, { recursive: true }));

test("a source that changed without another size or another time of its own is noticed, and so is one of a copied folder", () => {
  write("one");
  const first = markOf(checkout);
  expect(kept()).toContain("lib/a.ts");
  const copy = join(home, "copy");
  cpSync(checkout, copy, { recursive: true, preserveTimestamps: true });
  write("two");
  expect(markOf(checkout)).not.toBe(first);
  expect(markOf(copy)).toBe(first);
});

test("of a file that was written a moment ago nothing is kept", () => {
  write("new");
  markOf(checkout, -60_000); // a start of its own may take seconds to come so far
  expect(kept()).not.toContain("lib/a.ts");
});

test("a damaged list is none", () => {
  write("one");
  const mark = markOf(checkout);
  for (const text of ["[", '[null,["lib/a.ts",1],["lib/a.ts","x"]]']) {
    writeFileSync(join(checkout, ".sallyport", "digests.json"), text);
    expect(markOf(checkout)).toBe(mark);
  }
});

/** What a program of the checkout prints. */
function printed(source: string): string {
  const { stdout, stderr } = spawnSync(process.execPath, ["--input-type=module", "-e", source], {
    cwd: checkout,
    encoding: "utf8",
  });
  expect(stderr).toBe("");
  return stdout.trim();
}

/** What a power cut leaves of a file: nothing, a piece, or not even its name. */
const cuts = [
  ["emptied", (path: string) => truncateSync(path)],
  ["shortened", (path: string) => truncateSync(path, 10)],
  ["gone", (path: string) => rmSync(path)],
] as const;

test.each(cuts)("a bundle that is %s is made anew, and one that is whole is left alone", (_, cut) => {
  symlinkSync(join(process.cwd(), "node_modules"), join(checkout, "node_modules"));
  write('export const word: string = "here";');
  const start = 'await (await import("./scripts/prepare.mjs")).ensureBundled(["lib/a.ts"]);';
  const use = `${start} console.log((await import("./.sallyport/a.mjs")).word);`;
  const bundle = join(checkout, ".sallyport", "a.mjs");
  expect(printed(use)).toBe("here");
  for (const path of [bundle, `${bundle}.map`]) {
    cut(path);
    expect(printed(use)).toBe("here");
    expect(readFileSync(path).length).toBeGreaterThan(10);
  }
  utimesSync(bundle, longAgo, longAgo);
  printed(start);
  expect(statSync(bundle).mtime).toEqual(longAgo);
  rmSync(join(checkout, "node_modules"));
});

test.each(cuts)("of a build no file counts that is %s", (_, cut) => {
  const page = join(checkout, ".next/standalone/.next/server/page.js");
  mkdirSync(dirname(page), { recursive: true });
  writeFileSync(page, "a page of some length");
  const built = 'const { isFresh, note, wholeOf } = await import("./scripts/fingerprint.mjs");';
  const ask = `${built} console.log(isFresh(".next/s", "mark"), isFresh(".next/s", "other"), wholeOf(".next/s"));`;
  printed(`${built} await note(".next/s", "mark", [".next/standalone"]);`);
  expect(printed(ask)).toBe("true false mark");
  cut(page);
  expect(printed(ask)).toBe("false false null");
});
