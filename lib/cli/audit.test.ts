import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeEach, expect, test } from "vitest";
import { recordEvent } from "@/lib/audit/record-event";
import { inOneWord } from "@/lib/audit/seals/seal";
import { sealEvents } from "@/lib/audit/seals/seal-events";
import { commandLine } from "@/lib/cli/command-line.kit";
import { inShortTransaction } from "@/lib/context/context";
import { setSettings } from "@/lib/testing/test-settings";

const { portal, json, house, now } = commandLine();
const folder = mkdtempSync(join(tmpdir(), "audit-"));
afterAll(() => rmSync(folder, { recursive: true }));

beforeEach(async () => {
  setSettings({ DATA_DIR: folder });
  await inShortTransaction(now(), async (tx) => {
    for (const subjectId of ["ada", "bob", "cleo"])
      await recordEvent(tx, { name: "factor.bound", subjectId, meta: { kind: "totp" } });
  });
});

async function sealed(): Promise<string> {
  const { made } = await sealEvents(now());
  const seal = made.at(-1);
  if (seal === undefined) throw new Error("There was something to seal.");
  return inOneWord(seal);
}

test("audit verify says that all is sound, in words and for programs", async () => {
  const newest = await sealed();
  expect(await portal("audit verify")).toMatchObject({
    code: 0,
    out: `Read 3 events and 1 seal; 0 not sealed yet.\nNewest seal: ${newest}\nSound: every event is as it was recorded.\n`,
  });
  expect(await json("audit verify")).toMatchObject({
    code: 0,
    document: { ok: true, isSound: true, events: 3, seals: 1, newest, findings: [], more: 0 },
  });
});

test("audit verify names what is not as it was recorded, with exit 1", async () => {
  await sealed();
  const name = "\u001b[2J\nSound: every event is as it was recorded.";
  await house().db.securityEvent.updateMany({ where: { subjectId: "bob" }, data: { result: "failed" } });
  await house().db.securityEvent.updateMany({ where: { subjectId: "ada" }, data: { name } });
  const { code, err, out } = await portal("audit verify");
  expect(code).toBe(1);
  expect(out).toContain("Read 3 events");
  expect(err).toMatch(/Not sound:\n {2}Event .*\n {2}Event \d+ \(factor\.bound, .*\) does not say what was recorded/);
  for (const trick of ["\u001b", "\nSound"]) expect(err + out).not.toContain(trick);
  expect(err).toContain("docs/nights/changed-record.md");
  expect(await json("audit verify")).toMatchObject({
    code: 1,
    document: {
      ok: false,
      error: { id: "events.unsound" },
      findings: [{ kind: "event.changed" }, { kind: "event.changed" }],
    },
  });
});

test("audit export writes one event in a line, the oldest first, and of a span only what is in it", async () => {
  const file = join(folder, "events.jsonl");
  const [first] = await house().db.securityEvent.findMany({ orderBy: { id: "asc" }, take: 1 });
  await house().db.securityEvent.update({
    where: { id: first?.id ?? 0n },
    data: { at: new Date("2020-02-03T04:05:06.789Z") },
  });
  expect(await portal(`audit export ${file}`)).toMatchObject({ code: 0, out: `Wrote 3 events to ${file}.\n` });
  const lines = readFileSync(file, "utf8").trimEnd().split("\n");
  expect(lines.map((line) => JSON.parse(line))).toMatchObject([
    { at: "2020-02-03T04:05:06.789Z", name: "factor.bound", subjectId: "ada", meta: { kind: "totp" } },
    { subjectId: "bob", mac: expect.stringMatching(/^[0-9a-f]{96}$/) },
    { subjectId: "cleo" },
  ]);
  expect(await json(`audit export ${file}`)).toMatchObject({ code: 1, document: { error: { id: "export.exists" } } });
  rmSync(file);
  const inFebruary = `audit export ${file} --since 2020-02-03T04:05:06.789Z --until 2020-02-04`;
  expect((await json(inFebruary)).document).toMatchObject({ ok: true, events: 1 });
  rmSync(file);
  expect((await json(`audit export ${file} --until 2020-02-03T04:05:06.789Z`)).document).toMatchObject({ events: 0 });
  expect(readFileSync(file, "utf8")).toBe("");
  for (const wrong of ["yesterday", "2020-02-31", "2020-02-03T04:05", "2020-02-03T04:05:06+01:00"])
    expect((await portal(`audit export - --since ${wrong}`)).code).toBe(2);
  expect(await portal("audit export -")).toMatchObject({ code: 0, out: "", err: "Wrote 3 events.\n" });
});

test("audit verify knows the newest seal from this machine's file, and from whoever noted it", async () => {
  const newest = await sealed();
  expect((await portal(`audit verify --newest ${newest}`)).code).toBe(0);
  const file = join(folder, "newest-seal");
  writeFileSync(file, "cut o");
  expect(await json("audit verify")).toMatchObject({
    code: 1,
    document: { findings: [{ kind: "newest.unreadable" }] },
  });
  expect((await portal("audit verify")).err).toContain(`cannot be read: the file was changed or cut off`);
  writeFileSync(file, `${newest} ${now().now.toISOString()}\n`);
  await house().db.securityEvent.deleteMany();
  await house().db.eventSeal.deleteMany();
  const { code, err } = await portal("audit verify");
  rmSync(file);
  expect({ code, err }).toMatchObject({ code: 1, err: expect.stringContaining(`delete ${folder}/newest-seal`) });
  expect((await portal("audit verify")).code).toBe(0);
  expect((await portal(`audit verify --newest ${newest}`)).code).toBe(1);
  expect((await portal("audit verify --newest nonsense")).code).toBe(2);
});
