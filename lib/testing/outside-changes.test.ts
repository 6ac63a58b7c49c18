import { expect, test } from "vitest";
import { worksStayInside } from "@/lib/testing/outside-changes";
import { readSources } from "@/lib/testing/source-files";

/** A file with one use-case. */
const work = (before: string, inside: string, name = "tx") =>
  `export async function act(ctx: Ctx) {\n  ${before}\n  return inTransaction(ctx, async (${name}) => {\n    ${inside}\n  });\n}`;

const planted: Readonly<Record<string, readonly [text: string, complaint: RegExp]>> = {
  "an assignment": [work("let isFirst = false;", "isFirst = await insert(tx);"), /changes isFirst/],
  "one to a part": [work("const place = { full: null };", "place.full = one;"), /changes place/],
  "one by a pattern": [work("let a = 1; let b = 2;", "[a, b] = await find(tx);"), /changes a, [\s\S]*changes b/],
  "a count": [work("let tries = 0;", "tries += 1;"), /changes tries/],
  "another count": [work("const seen = { times: 0 };", "seen.times++;"), /changes seen/],
  "a list that grows": [work("const rows: Row[] = [];", "rows.push(await find(tx));"), /changes rows/],
  "a list deeper down": [work("", "for (const one of all) notes[one.id]!.list.push(one);"), /changes notes/],
  "a map": [work("", "const row = await find(tx); cache.set(row.id, row);"), /changes cache/],
  "a deletion": [work("", "delete shown.codes;"), /changes shown/],
  "a callback within": [
    work("const ids: string[] = [];", "all.forEach((one) => { ids.push(one.id); });"),
    /changes ids/,
  ],
  "the outer context": [work("", "await insert(tx); await recordEvent(ctx, { name });"), /uses ctx inside/],
  "the outer context in a short one": [
    "const act = (ctx: RawCtx) => inShortTransaction(ctx, (tx) => insert(tx, { at: ctx.now }));",
    /uses ctx inside/,
  ],
  "a work from elsewhere": ["const act = (ctx: Ctx, work: Work) => inTransaction(ctx, work);", /stands elsewhere/],
};

const fine: Readonly<Record<string, string>> = {
  "what it made itself": work("", "const rows = []; rows.push(await find(tx)); let n = 0; n += 1; return { rows, n };"),
  "a fresh copy": work("", "return [...names].sort().concat(Object.keys(found).sort());"),
  "what is outside and only read": work("const { id } = input;", "return insert(tx, { id, list: rows.map(nameOf) });"),
  "a context under the same name": work("", "await insert(ctx); ctx.afterCommit(() => wake());", "ctx"),
  "a property of that name": work("", "return insert(tx, { ctx: tx.now, of: tx.ctx });"),
  "what waits for the commit": work("", "await insert(tx); tx.afterCommit(() => logLine(tx.now));"),
};

test("no work of a transaction changes anything outside it", () => {
  expect(worksStayInside(readSources(process.cwd(), ["lib", "app", "components"]))).toEqual([]);
});

test("what would count twice after a lost transaction is found, and nothing else", () => {
  const names = [...Object.keys(planted), ...Object.keys(fine)];
  const pathOf = (name: string) => `lib/rooms/a${names.indexOf(name)}.ts`;
  const texts = [...Object.entries(planted).map(([name, [text]]) => [name, text] as const), ...Object.entries(fine)];
  const found = worksStayInside(new Map(texts.map(([name, text]) => [pathOf(name), text])));
  const told = (name: string) => found.filter((line) => line.startsWith(`${pathOf(name)} `)).join("\n");
  for (const [name, [, complaint]] of Object.entries(planted)) expect(told(name), name).toMatch(complaint);
  for (const name of Object.keys(fine)) expect(told(name), name).toBe("");
});
