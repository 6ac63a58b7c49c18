import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { fileNameAt } from "@/lib/backup/backup-folder";
import { insertBackup } from "@/lib/backup/store";
import { checkKeyring } from "@/lib/crypto/canary";
import { makeIndexKeys } from "@/lib/crypto/index-keys";
import { days, hours, minutes } from "@/lib/kernel/duration";
import { backUpIfDue } from "@/lib/serve/backup-schedule";
import { lettersOf, sendingSettings } from "@/lib/testing/letters";
import { neverMeasured } from "@/lib/testing/never-measured";
import { runProgram } from "@/lib/testing/own-process";
import { eventNames, openHouse } from "@/lib/testing/story";
import { makePerson } from "@/lib/testing/test-context";

const house = openHouse(sendingSettings);
const context = () => house.ctx;
const daily = { every: hours(24), over: new AbortController().signal };

afterEach(() => {
  globalThis.sallyportClock = undefined;
});
beforeEach(async () => {
  await house.db.turn.deleteMany({ where: { name: { startsWith: "backup" } } });
  await house.db.backup.deleteMany();
});

/** What the process of its own leaves behind. */
async function made(): Promise<null> {
  await insertBackup(house.ctx, { file: "one", bytes: 1, rows: 1 });
  return null;
}

const full = "There is no room left in /mnt/backups. No backup was made. Make room, and try again.";
const fails = async () => full;

test("of three portals that look at once one makes the backup, and the next is due a day later", async () => {
  const look = () => backUpIfDue({ context, run: made }, daily);
  expect((await Promise.all([look(), look(), look()])).filter(Boolean)).toEqual([true]);
  house.clock.move(hours(23));
  expect(await look()).toBe(false);
  house.clock.move(hours(1));
  expect(await look()).toBe(true);
  expect(await house.db.backup.count()).toBe(2);
});

test("one that fails is an alarm, an event and a letter to each administrator, and is tried again an hour later", async () => {
  const admin = await makePerson(house.ctx, { isAdmin: true });
  const other = await makePerson(house.ctx);
  const told = { kind: "backup.failed", facts: { at: house.ctx.now.toISOString(), why: full, newest: null } };
  expect(await backUpIfDue({ context, run: fails }, daily)).toBe(true);
  expect(await lettersOf(house.ctx, admin.userId)).toMatchObject([told]);
  expect(await lettersOf(house.ctx, other.userId)).toEqual([]);
  expect(await eventNames(house.ctx, null)).toContain("backup.failed");
  expect(house.logged().filter((line) => line.includes('"level":"alarm"'))).toHaveLength(1);
  expect(await backUpIfDue({ context, run: made }, daily)).toBe(false);
  house.clock.move(minutes(60));
  expect(await backUpIfDue({ context, run: made }, daily)).toBe(true);
});

test("one that fails because the clock has jumped is told to nobody under that clock's date", async () => {
  const admin = await makePerson(house.ctx, { isAdmin: true });
  const jumps = async () => {
    globalThis.sallyportClock = neverMeasured();
    house.clock.move(days(8));
    return full;
  };
  expect(await backUpIfDue({ context, run: jumps }, daily)).toBe(true);
  expect(house.logged().filter((line) => line.includes('"level":"alarm"'))).toHaveLength(1);
  expect(await lettersOf(house.ctx, admin.userId)).toEqual([]);
  globalThis.sallyportClock = undefined;
  house.clock.move(hours(1) - days(8));
  expect(await backUpIfDue({ context, run: fails }, daily)).toBe(true);
  expect(await lettersOf(house.ctx, admin.userId)).toHaveLength(1);
});

test("a disk that stays full is one letter a day", async () => {
  const admin = await makePerson(house.ctx, { isAdmin: true });
  for (let hour = 0; hour < 25; hour += 1) {
    expect(await backUpIfDue({ context, run: fails }, daily)).toBe(true);
    house.clock.move(hours(1));
  }
  expect(await lettersOf(house.ctx, admin.userId)).toHaveLength(2);
});

test("one that a stop breaks off is nobody's alarm, and whoever starts next makes it", async () => {
  const stopping = new AbortController();
  const broken = async () => {
    stopping.abort();
    return "The backup ended by SIGTERM.";
  };
  expect(await backUpIfDue({ context, run: broken }, { ...daily, over: stopping.signal })).toBe(true);
  expect(house.logged()).toEqual([]);
  expect(await backUpIfDue({ context, run: made }, daily)).toBe(true);
});

/** The schedule of a portal that looks twenty times without a pause, at the hour of this house, once everybody is ready. */
const looking = (folder: string) => `
  import { runBackup } from "@/lib/backup/run-backup";
  import { commandContext } from "@/lib/cli/command-context";
  import { openIndexKeys } from "@/lib/crypto/index-keys";
  import { openDatabase, rawOf } from "@/lib/db/client";
  import { backUpIfDue } from "@/lib/serve/backup-schedule";
  const url = ${JSON.stringify(house.url)};
  const db = openDatabase(url, 4);
  await openIndexKeys(rawOf(db));
  const context = () => commandContext(db, new Date(${house.clock.now().getTime()}));
  const ways = { url, folder: ${JSON.stringify(folder)}, keep: 14, onProgress: () => undefined, onKeeping: () => undefined };
  const run = async () => {
    await runBackup(context(), ways);
    return null;
  };
  const daily = { every: ${daily.every}, over: new AbortController().signal };
  const go = new Promise((resolve) => process.once("SIGUSR2", resolve));
  const waiting = setTimeout(() => undefined, 60_000);
  process.stdout.write("ready");
  await go;
  let turns = 0;
  for (let look = 0; look < 20; look += 1) if (await backUpIfDue({ context, run }, daily)) turns += 1;
  console.log("had " + turns + " turns");
  clearTimeout(waiting);
  await db.$disconnect();`;

test("two portals, each a process of its own, on one database and one folder: one backup", async () => {
  await checkKeyring(house.db);
  await makeIndexKeys(house.db);
  const folder = await mkdtemp(join(tmpdir(), "two-schedules-"));
  const portals = await Promise.all([runProgram(looking(folder)), runProgram(looking(folder))]);
  await Promise.all(portals.map(({ heard }) => heard("ready")));
  for (const { child } of portals) child.kill("SIGUSR2");
  await Promise.all(portals.map(({ ended }) => ended));
  const turns = portals.map(({ said }) => said.out.replace("ready", "").trim()).sort();
  expect(turns, portals.map(({ said }) => said.err).join("")).toEqual(["had 0 turns", "had 1 turns"]);
  expect(await readdir(folder)).toEqual([fileNameAt(house.clock.now())]);
  expect(await house.db.backup.count()).toBe(1);
  await rm(folder, { recursive: true });
}, 30_000); // two programs have to be bundled and started
