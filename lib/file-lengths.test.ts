import { describe, expect, test } from "vitest";
import { isSource, readFiles, type Sources } from "@/lib/testing/source-files";

/**
 * How long files are. What counts: every line, blank ones and comments too, of each `.ts` and `.tsx` file of `lib`, `app` and `components`, without tests and
 * their kits, the rigs (`lib/testing`) and the generated database client; then the same with the `.mjs` files of `scripts`. Nine of ten fit two screens; the tenth may be
 * a table, words, or a store.
 */
const most = 110;

const root = process.cwd();
const isRig = (path: string) => path.startsWith("lib/testing/");
const house = readFiles(root, ["lib", "app", "components"], (path) => isSource(path) && !isRig(path));
const scripts = readFiles(root, ["scripts"], (path) => path.endsWith(".mjs"));

type Length = { readonly path: string; readonly lines: number };

const byLength = (files: Sources): readonly Length[] =>
  [...files]
    .map(([path, text]) => ({ path, lines: text.split("\n").length - 1 }))
    .sort((one, other) => one.lines - other.lines);

/** The length that nine of ten files keep to. */
function ninthOfTen(files: Sources): number {
  const sorted = byLength(files);
  return sorted[Math.ceil(sorted.length * 0.9) - 1]?.lines ?? 0;
}

const longest = (files: Sources): string =>
  byLength(files)
    .slice(-20)
    .reverse()
    .map(({ path, lines }) => `${lines} ${path}`)
    .join("\n");

describe.each([
  ["of the house", house],
  ["of the house and its scripts", new Map([...house, ...scripts])],
])("files %s", (_, files) => {
  test("nine of ten fit two screens", () => {
    expect(files.size).toBeGreaterThan(1000);
    expect(ninthOfTen(files), `the longest:\n${longest(files)}`).toBeLessThanOrEqual(most);
  });
});

test("two long files among ten are found, and one is none", () => {
  const ofLength = (lines: number) => "a\n".repeat(lines);
  const ten = (long: number) =>
    new Map(Array.from({ length: 10 }, (_, nth) => [`lib/${nth}.ts`, ofLength(nth < long ? most + 1 : 1)] as const));
  expect(ninthOfTen(ten(2))).toBe(most + 1);
  expect(ninthOfTen(ten(1))).toBe(1);
});
