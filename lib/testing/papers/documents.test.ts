import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { documents, readDocument } from "@/lib/testing/papers/fences";

const root = join(import.meta.dirname, "../../..");
const named = /`((?:app|components|docs|e2e|lib|prisma|scripts)\/[^`\s]+)`/g;

/** What an example makes is not there; only what it is made of must be. */
const withoutExample = (text: string) => text.split(/^## An example/m)[0] ?? "";
const plain = (path: string) => !/[<>*…{]/.test(path);

test("the documents name only files and folders that there are", () => {
  const names = documents().flatMap((file) =>
    [...withoutExample(readDocument(file)).matchAll(named)].map(([, path = ""]) => ({
      file,
      path: path.replace(/[:#].*$/, ""),
    })),
  );
  expect(names.length).toBeGreaterThan(50);
  expect(names.filter(({ path }) => plain(path) && !existsSync(join(root, path)))).toEqual([]);
});

test("the documents lead only to pages that there are", () => {
  const links = documents().flatMap((file) =>
    [...readDocument(file).matchAll(/\]\((?!https?:|mailto:|#)([^)#\s]+)[^)]*\)/g)].map(([, to = ""]) => ({
      file,
      to,
    })),
  );
  expect(links.length).toBeGreaterThan(30);
  expect(links.filter(({ file, to }) => !existsSync(join(root, file, "..", decodeURIComponent(to))))).toEqual([]);
});

test("a sentence that sends the operator to a heading of a document names one that there is", () => {
  const names = readdirSync(join(root, "lib"), { recursive: true, encoding: "utf8" }).filter((name) =>
    /\.ts$/.test(name),
  );
  const sources = names.map((name) => readDocument(join("lib", name)));
  const sent = sources.flatMap((text) => [...text.matchAll(/(docs\/[a-z/-]+\.md), "([^"\n]+)"/g)]);
  const places = sent.map(([, file = "", heading = ""]) => ({ file, heading }));
  expect(places.length).toBeGreaterThan(0);
  const isMissing = ({ file, heading }: (typeof places)[number]) =>
    !readDocument(file)
      .split("\n")
      .some((line) => line.replace(/^#+ /, "") === heading && line.startsWith("#"));
  expect(places.filter(isMissing)).toEqual([]);
});

test("adding a card names every table that an event must stand in", () => {
  const page = withoutExample(readDocument("docs/add-a-card.md"));
  for (const table of ["lib/audit/events.ts", "lib/notices/which-notice.ts", "docs/security/events.md"])
    expect(page).toContain(table);
});

test("no two decisions have one number", () => {
  const numbers = readdirSync(join(root, "docs/decisions")).map((name) => name.slice(0, 4));
  expect(numbers.filter((number, at) => numbers.indexOf(number) !== at)).toEqual([]);
  expect(numbers.length).toBeGreaterThan(70);
});
