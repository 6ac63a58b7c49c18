import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, expect, test } from "vitest";
import { recordEvent } from "@/lib/audit/record-event";
import { newestSealFile } from "@/lib/audit/seals/newest-seal";
import { makeStopWatch } from "@/lib/audit/seals/stop-watch";
import { days, minutes } from "@/lib/kernel/duration";
import { sealInTurn } from "@/lib/serve/seal-schedule";
import { lettersOf, sendingSettings } from "@/lib/testing/letters";
import { neverMeasured } from "@/lib/testing/never-measured";
import { eventNames, openHouse } from "@/lib/testing/story";
import { makePerson } from "@/lib/testing/test-context";

const house = openHouse(sendingSettings);
const folders = [mkdtempSync(join(tmpdir(), "seals-")), mkdtempSync(join(tmpdir(), "seals-"))] as const;
afterEach(async () => {
  globalThis.sallyportClock = undefined;
  for (const folder of folders) rmSync(newestSealFile(folder), { force: true });
  await house.db.securityEvent.deleteMany();
  await house.db.eventSeal.deleteMany();
  await house.db.turn.deleteMany();
  await house.db.user.deleteMany();
});
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true });
});

const portalIn = (dataDir: string, name: string) => ({ context: () => house.ctx, dataDir, name });
const [one, other] = [portalIn(folders[0], "portal 0"), portalIn(folders[1], "portal 1")];
const always = { mayTell: () => true, stopped: async () => null };
const event = () => recordEvent(house.ctx, { name: "factor.bound", subjectId: "ada", meta: { kind: "totp" } });
const aMinuteLater = async () => {
  house.clock.move(minutes(1));
  for (const portal of [one, other]) await sealInTurn(portal, always);
};
const alarms = () => house.logged().filter((line) => line.includes('"level":"alarm"'));
const cuts = () => alarms().filter((line) => line.includes("seals.cut"));

test("one of two portals seals, once a minute, and both remember", async () => {
  await event();
  await aMinuteLater();
  const said = house.logged().map((line) => JSON.parse(line));
  expect(said.filter((line) => line.event === "seals.made")).toMatchObject([{ level: "proof", events: 1 }]);
  await event();
  await sealInTurn(one, always); // it has just been done
  expect(await house.db.eventSeal.count()).toBe(1);
  const [first, second] = folders.map((folder) => readFileSync(newestSealFile(folder), "utf8").split(" ")[0]);
  expect(first).toMatch(/^1:[\w-]{43}$/);
  expect(second).toBe(first);
});

test("the newest end cut off is an alarm and an event of every portal that had seen it, until somebody has looked", async () => {
  await event();
  await aMinuteLater();
  await event();
  await aMinuteLater();
  await house.db.eventSeal.delete({ where: { number: 2n } });
  await aMinuteLater();
  expect(alarms().map((line) => JSON.parse(line))).toMatchObject([
    { event: "seals.cut", seal: "2" },
    { event: "seals.cut", seal: "2" },
  ]);
  expect(await eventNames(house.ctx, null)).toEqual(["events.cut", "events.cut"]);
  await aMinuteLater();
  expect(alarms()).toHaveLength(4);
  for (const folder of folders) rmSync(newestSealFile(folder));
  await aMinuteLater();
  expect(alarms()).toHaveLength(4);
});

test("a cut is one letter to each administrator, however long it is told", async () => {
  const [admin, somebody] = [await makePerson(house.ctx, { isAdmin: true }), await makePerson(house.ctx)];
  await event();
  await aMinuteLater();
  await event();
  await aMinuteLater();
  await house.db.eventSeal.deleteMany({ where: { number: 2n } });
  for (let minute = 0; minute < 3; minute += 1) await aMinuteLater();
  const letters = await lettersOf(house.ctx, admin.userId);
  expect(letters).toMatchObject([
    { kind: "record.changed", channel: "mail", facts: { how: "cut", line: "seals.cut" } },
  ]);
  expect(await lettersOf(house.ctx, somebody.userId)).toEqual([]);
});

test("after a restore the chain goes on from where the backup was made; what only looks like one does not count", async () => {
  await event();
  await aMinuteLater();
  await event();
  await aMinuteLater();
  await house.db.eventSeal.delete({ where: { number: 2n } });
  const bare = { name: "portal.restored", result: "ok", ip: "", agent: "", meta: {} };
  await house.db.securityEvent.create({ data: { ...bare, at: new Date(house.ctx.now.getTime() + 1000) } });
  await aMinuteLater();
  expect(cuts()).toHaveLength(2);
  await recordEvent(house.ctx, { name: "portal.restored", subjectId: null, meta: { by: "cli" } });
  await aMinuteLater();
  expect(cuts()).toHaveLength(2);
});

test("an event that was changed before it was sealed is an alarm at once", async () => {
  await event();
  await house.db.securityEvent.updateMany({ data: { ip: "192.0.2.99" } });
  await aMinuteLater();
  expect(alarms().map((line) => JSON.parse(line))).toMatchObject([{ event: "seals.unsound", events: 1 }]);
  expect(await eventNames(house.ctx, null)).toEqual(["events.forged"]);
});

test("a sealing that is made to fail does not keep a portal from seeing that the newest end was cut off", async () => {
  await event();
  await aMinuteLater();
  await event();
  await house.db.eventSeal.deleteMany();
  await house.db.$executeRaw`ALTER TABLE event_seals ADD CONSTRAINT broken CHECK (number < 1) NOT VALID`;
  house.clock.move(minutes(1));
  await expect(sealInTurn(one, always)).rejects.toThrow();
  await house.db.$executeRaw`ALTER TABLE event_seals DROP CONSTRAINT broken`;
  expect(cuts()).toHaveLength(1);
});

test("a seal that was changed is an alarm and an event, and nothing is sealed behind it", async () => {
  await event();
  await aMinuteLater();
  await house.db.eventSeal.updateMany({ data: { lastAt: new Date("2000-01-01") } });
  await event();
  await aMinuteLater();
  expect(alarms().map((line) => JSON.parse(line))).toMatchObject([{ event: "seals.forged", seal: "1" }]);
  expect(await eventNames(house.ctx, null)).toEqual(["events.cut"]);
  expect(await house.db.eventSeal.count()).toBe(1);
  expect(await house.db.securityEvent.count()).toBe(3);
});

test("no row that was written by hand hides that the newest end was cut off", async () => {
  await event();
  await aMinuteLater();
  const [number, lastId] = [2n, 9_000_000_000_000_000n];
  const at = house.ctx.now;
  const forged = { number, lastId, events: 1, unsigned: 0, firstAt: at, lastAt: at, madeAt: at, digest: "", mac: "?!" };
  const before = folders.map((folder) => readFileSync(newestSealFile(folder), "utf8"));
  await house.db.eventSeal.create({ data: { ...forged, sweptMac: "looks as if" } });
  await aMinuteLater();
  expect(folders.map((folder) => readFileSync(newestSealFile(folder), "utf8"))).toEqual(before);
  await house.db.eventSeal.delete({ where: { number: 1n } });
  await aMinuteLater();
  const told = alarms().map((line) => JSON.parse(line));
  expect(told.filter((line) => line.event === "seals.cut")).toMatchObject([{ seal: "1" }, { seal: "1" }]);
});

test("numbers that are given again are an alarm and an event, and nothing is sealed until they are right", async () => {
  await event();
  await aMinuteLater();
  const [{ last } = { last: 0n }] = await house.db.$queryRaw<{ last: bigint }[]>`
    SELECT last_value AS last FROM security_events_id_seq`;
  await house.db.$executeRaw`SELECT setval('security_events_id_seq', 1)`;
  await event();
  await aMinuteLater();
  expect(alarms().map((line) => JSON.parse(line))).toMatchObject([{ event: "seals.set_back", seal: "1" }]);
  await house.db.$executeRaw`SELECT setval('security_events_id_seq', ${last})`;
  await event();
  await aMinuteLater();
  expect(await house.db.eventSeal.count()).toBe(2);
});

test("that nothing is sealed is a warning and an event of every portal, whoever holds the turn, and no moment hides it", async () => {
  const looks = [one, other].map((portal) => ({
    portal,
    looks: { mayTell: always.mayTell, stopped: makeStopWatch() },
  }));
  const minute = async () => {
    house.clock.move(minutes(1));
    for (const { portal, looks: own } of looks) await sealInTurn(portal, own);
  };
  const warnings = () => house.logged().filter((line) => line.includes("seals.stopped"));
  await event();
  await minute();
  const far = new Date(house.ctx.now.getTime() + days(9));
  await house.db.turn.updateMany({ data: { takenAt: far } });
  await event();
  await house.db.securityEvent.updateMany({ data: { at: far } });
  for (let looked = 0; looked < 15; looked += 1) await minute();
  expect(warnings()).toEqual([]);
  await minute();
  expect(warnings()).toHaveLength(2);
  expect(await eventNames(house.ctx, null)).toEqual(["events.unsealed", "events.unsealed"]);
  await house.db.turn.deleteMany();
  await minute();
  expect(warnings()).toHaveLength(3); // each looks before it seals
  for (let looked = 0; looked < 20; looked += 1) await minute();
  expect(warnings()).toHaveLength(3);
});

test("an event under a number that was given to none is an alarm", async () => {
  await event();
  await house.db.$executeRaw`UPDATE security_events SET id = 9000000000000000000`;
  await aMinuteLater();
  expect(alarms().map((line) => JSON.parse(line))).toMatchObject([
    { event: "seals.astray", first: "9000000000000000000" },
  ]);
});

test("while the hour cannot be trusted nothing is told under its date; afterwards everything is", async () => {
  const admin = await makePerson(house.ctx, { isAdmin: true });
  await event();
  await aMinuteLater();
  await event();
  await aMinuteLater();
  await house.db.eventSeal.delete({ where: { number: 2n } });
  const told = (portal: typeof one) => sealInTurn(portal, { ...always, stopped: async () => house.ctx.now });
  const remembered = () => folders.map((folder) => readFileSync(newestSealFile(folder), "utf8"));
  const before = remembered();
  globalThis.sallyportClock = neverMeasured();
  house.clock.move(days(8));
  await told(one);
  expect([await eventNames(house.ctx, null), await lettersOf(house.ctx, admin.userId), remembered()]).toEqual([
    [],
    [],
    before,
  ]);
  house.clock.move(-days(8));
  globalThis.sallyportClock = undefined;
  await told(other);
  expect(await eventNames(house.ctx, null)).toEqual(["events.unsealed", "events.cut"]);
  expect(await lettersOf(house.ctx, admin.userId)).toMatchObject([{ kind: "record.changed" }]);
});

test("what is kept long enough is released to the sweeper by whoever seals", async () => {
  await event();
  await aMinuteLater();
  house.clock.move(days(400));
  await event();
  await aMinuteLater();
  house.clock.move(days(1));
  await aMinuteLater();
  expect(await house.db.eventSeal.count({ where: { sweptMac: { not: null } } })).toBe(1);
});

test("a file that says nothing is an alarm and no reason to forget", async () => {
  writeFileSync(newestSealFile(one.dataDir), "gone");
  await event();
  await sealInTurn(one, always);
  expect(alarms().map((line) => JSON.parse(line))).toMatchObject([{ event: "seals.unreadable" }]);
  expect(readFileSync(newestSealFile(one.dataDir), "utf8")).toBe("gone");
});
