import { mkdir, mkdtemp, readdir, readFile, rm, stat, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { commandLine } from "@/lib/cli/command-line.kit";
import { checkKeyring } from "@/lib/crypto/canary";
import { makeIndexKeys } from "@/lib/crypto/index-keys";
import { makePerson } from "@/lib/testing/test-context";
import { setSettings, testKeys } from "@/lib/testing/test-settings";

const { house, portal, json, events } = commandLine();
let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "backups-"));
  await checkKeyring(house().db);
  await makeIndexKeys(house().db);
  await makePerson(house().ctx, { email: "ada@example.test" });
});
afterEach(() => rm(folder, { recursive: true }));

test("backup FILE writes one file that only its owner reads, says what it is, and never overwrites", async () => {
  const file = join(folder, "one");
  const made = await portal(`backup ${file}`);
  expect(made).toMatchObject({ code: 0, err: "", out: expect.stringMatching(/^Backed up \d+ rows of \d+ tables in /) });
  expect((await stat(file)).mode & 0o777).toBe(0o600);
  expect((await readFile(file, "latin1")).includes("ada@example.test")).toBe(false);
  expect(await json(`backup ${file}`)).toMatchObject({ code: 1, document: { error: { id: "backup.exists" } } });
  expect(await json(`backup ${join(folder, "no", "where")}`)).toMatchObject({
    document: { error: { id: "backup.nowhere" } },
  });
  expect(await readdir(folder)).toEqual(["one"]);
});

test("backup - leaves stdout to the backup: its sentence is on stderr, and --json is misuse", async () => {
  expect(await portal("backup -")).toMatchObject({ code: 0, out: "", err: expect.stringMatching(/^Backed up /) });
  expect((await json("backup -")).code).toBe(2);
});

test("backup verify needs the keys and every byte", async () => {
  const file = join(folder, "one");
  await portal(`backup ${file}`);
  expect(await json(`backup verify ${file}`)).toMatchObject({
    code: 0,
    document: { ok: true, key: "one", keys: ["one"] },
  });
  setSettings({ PORTAL_KEYS: testKeys.two });
  expect(await json(`backup verify ${file}`)).toMatchObject({
    code: 1,
    document: { error: { id: "backup.key_missing" } },
  });
  setSettings();
  const bytes = await readFile(file);
  await writeFile(file, bytes.subarray(0, -1));
  expect(await json(`backup verify ${file}`)).toMatchObject({ code: 1, document: { error: { id: "backup.cut" } } });
  expect(await json(`backup verify ${join(folder, "none")}`)).toMatchObject({ code: 1 });
});

test("backup run keeps the newest, leaves other files alone, and is recorded", async () => {
  expect(await json("backup run")).toMatchObject({ code: 1, document: { error: { id: "backup.nowhere" } } });
  setSettings({ BACKUP_DIR: folder, BACKUP_KEEP: "2" });
  const old = ["2020-01-01T00-00-00Z", "2020-01-02T00-00-00Z"].map((at) => `sallyport-${at}.backup`);
  for (const name of [...old, "mine.backup", "sallyport-2020-01-01T00-00-00Z.backup.77.part"])
    await writeFile(join(folder, name), "");
  await utimes(join(folder, "sallyport-2020-01-01T00-00-00Z.backup.77.part"), 0, 0);
  await mkdir(join(folder, "more"));
  const ran = await json("backup run");
  expect(ran).toMatchObject({ code: 0, document: { ok: true, rows: expect.any(Number) } });
  const left = await readdir(folder);
  expect(left).toHaveLength(4);
  expect(left).toEqual(expect.arrayContaining(["mine.backup", "more"]));
  expect((await events()).map(({ name }) => name)).toContain("backup.made");
  expect(await house().db.backup.count()).toBe(1);
});

test("restore brings it back into the emptied house, and says whom to ask", async () => {
  const file = join(folder, "one");
  await portal(`backup ${file}`);
  expect(await json(`restore ${file}`)).toMatchObject({ code: 1, document: { error: { id: "restore.full_house" } } });
  await house().empty();
  setSettings({ SECOND_FACTOR_KINDS: "passkey,totp" });
  const restored = await portal(`restore ${file}`);
  expect(restored).toMatchObject({ code: 0, out: expect.stringContaining("Restored: ") });
  expect(restored.out).toContain("No letter was written, because mail is off");
  expect(restored.out).toContain("nothing newer will be brought back: npm run portal -- passkeys vouch\n");
  expect((await portal("people list")).out).toContain("ada@example.test");
});
