import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PassThrough } from "node:stream";
import { afterEach, beforeEach, expect, test } from "vitest";
import { recordEvent } from "@/lib/audit/record-event";
import { newestSealFile, rememberNewest } from "@/lib/audit/seals/newest-seal";
import { sealEvents } from "@/lib/audit/seals/seal-events";
import { commands } from "@/lib/cli/commands";
import { runPortal } from "@/lib/cli/run-portal";
import { config } from "@/lib/config/config";
import { rawOf } from "@/lib/db/client";
import { soundHouse } from "@/lib/doctor/doctor.kit";
import { readDocument, shellBlocks } from "@/lib/testing/papers/fences";

/** Pages for the operator, followed: each block in its order, each line as it stands there but for names of files and of people. */
const house = soundHouse();
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "page-"));
  rmSync(newestSealFile(config().dataDir), { force: true }); // the database is emptied before each, and what a machine remembers is not
});
afterEach(() => rmSync(folder, { recursive: true }));

type Ran = { readonly line: string; readonly code: number; readonly out: string };

/** The page's lines with `words` exchanged, which must stand there. Out: what each line said, and its exit code. */
async function follow(blocks: readonly string[], words: Readonly<Record<string, string>>): Promise<Ran[]> {
  for (const word of Object.keys(words)) expect(blocks.join("\n")).toContain(word);
  const filled = Object.entries(words).reduce((text, [from, to]) => text.replaceAll(from, to), blocks.join("\n"));
  const ran: Ran[] = [];
  for (const line of filled.split("\n")) ran.push({ line, ...(await runLine(line)) });
  return ran;
}

async function runLine(line: string) {
  const [, call] = line.match(/^npm run (?:--silent )?portal -- ([^#]+)/) ?? [];
  if (call !== undefined) return portal(call.trim());
  const { status, stdout, stderr } = spawnSync("/bin/sh", ["-e", "-c", line], { cwd: folder, encoding: "utf8" });
  return { code: status ?? -1, out: stdout + stderr };
}

async function portal(call: string) {
  const said: string[] = [];
  const say = (text: string) => void said.push(text);
  const bytes = () => new PassThrough().resume();
  const code = await runPortal(call.split(" "), {
    commands,
    terminal: {
      out: say,
      err: say,
      ask: async () => null,
      isAttended: false,
      redraw: null,
      bytes,
      lost: async () => null,
    },
    withDatabase: (_, work) => work(house.ctx().db, house.url()),
    withPlace: () => Promise.reject(new Error("No command of these pages looks for a place.")),
    withHouse: async (work) => work(await house.as()),
  });
  return { code, out: said.join("\n") };
}

const codesOf = (ran: readonly Ran[]) => ran.map(({ line, code }) => ({ line, code }));

/** Three sealed events, and this machine's memory of the seal. */
async function aRecord(): Promise<void> {
  const ctx = house.ctx();
  for (const rows of [1, 2, 3]) await recordEvent(ctx, { name: "keys.rotated", subjectId: null, meta: { rows } });
  await sealEvents(ctx);
  await rememberNewest(rawOf(ctx.db), config().dataDir, ctx.now);
}

const changedRecord = "docs/nights/changed-record.md";
const inFolder = () => ({
  "data/newest-seal": newestSealFile(config().dataDir),
  "backup backups/as-found.backup": `backup ${join(folder, "backups/as-found.backup")}`,
  "owner@example.test": "ada@example.test",
});

test("somebody changed the record: every line of the page does what the page says of it", async () => {
  await aRecord();
  const { db } = house.ctx();
  const [first] = await db.securityEvent.findMany({ orderBy: { id: "asc" }, take: 1 });
  await db.securityEvent.update({ where: { id: first?.id ?? 0n }, data: { ip: "192.0.2.9" } });
  const blocks = shellBlocks(changedRecord);
  const ran = await follow(blocks, inFolder());
  expect(codesOf(ran).filter(({ code }) => code !== 0)).toEqual([{ line: "npm run portal -- audit verify", code: 1 }]);
  expect(ran.find(({ line }) => line.endsWith("audit verify"))?.out).toContain("does not say what was recorded");
  expect(ran.find(({ line }) => line.endsWith("people list"))?.out).toContain("ada@example.test");
  expect(readdirSync(join(folder, "backups")).toSorted()).toEqual(["as-found.backup", "as-found.seal"]);
});

test("somebody set the numbers of events back: the page's cure lets the next event be recorded, and all is sealed again", async () => {
  await aRecord();
  const ctx = house.ctx();
  await recordEvent(ctx, { name: "keys.rotated", subjectId: null, meta: { rows: 4 } }); // it has no seal yet
  const events = await ctx.db.securityEvent.findMany({ orderBy: { id: "asc" } });
  await ctx.db.$executeRaw`SELECT setval('security_events_id_seq', ${String(events[0]?.id)}::bigint)`;
  expect((await portal("audit verify")).out).toContain("Numbers are given to events again");
  const cure = "npm run portal -- audit renumber";
  expect(readDocument(changedRecord)).toContain(`\`${cure}\``); // in the table, for this finding alone
  expect(await runLine(cure)).toMatchObject({ code: 0, out: expect.stringContaining("the next event has one beyond") });
  await recordEvent(ctx, { name: "keys.rotated", subjectId: null, meta: { rows: 5 } });
  expect((await sealEvents(ctx)).made).toMatchObject([{ events: 3 }]); // the cure itself is one of them
  expect(await portal("audit verify")).toMatchObject({ code: 0 });
});

test("something is wrong, and nobody knows what: every line of the page runs in a sound house, and ends with 0", async () => {
  const ran = await follow(shellBlocks("docs/nights/doctor.md"), {});
  expect(ran).toHaveLength(5);
  expect(codesOf(ran).filter(({ code }) => code !== 0)).toEqual([]);
});

test("the operator's handbook: every command of its blocks runs, and ends with 0", async () => {
  await aRecord();
  mkdirSync(join(folder, "b"));
  const [account, ...blocks] = shellBlocks("docs/operate.md");
  expect(account).toMatch(/^useradd/); // made by scripts/units.test.ts, and what follows there by systemd
  const ran = await follow(blocks, { "/backups/": `${folder}/b/` });
  expect(ran.length).toBeGreaterThan(5);
  expect(codesOf(ran).filter(({ code }) => code !== 0)).toEqual([]);
});
