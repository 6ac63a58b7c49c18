import { tmpdir } from "node:os";
import { beforeEach, expect, test } from "vitest";
import { recordEvent } from "@/lib/audit/record-event";
import { insertBackup } from "@/lib/backup/store";
import { hours, inSeconds, milliseconds, minutes, seconds } from "@/lib/kernel/duration";
import { portalVersion } from "@/lib/kernel/version";
import { writeBeat } from "@/lib/portals/store";
import { linesIn, valueAt } from "@/lib/serve/metrics/metrics.kit";
import { type Figures, readFigures } from "@/lib/serve/metrics/read-figures";
import { makeMetrics } from "@/lib/serve/metrics/registry";
import { type House, makeScrape } from "@/lib/serve/metrics/scrape";
import { openHouse } from "@/lib/testing/story";
import { makePerson } from "@/lib/testing/test-context";

const house = openHouse();
const watch = { time: 0, looks: 0 };
beforeEach(() => Object.assign(watch, { time: 0, looks: 0 }));

function scraping(changes: Partial<House> = {}) {
  const metrics = makeMetrics({ route: [], version: [portalVersion] }, false);
  const figures = async () => {
    watch.looks += 1;
    return readFigures(house.ctx, "p1");
  };
  return makeScrape(metrics, {
    dataDir: tmpdir(),
    isOpen: () => true,
    figures: () => figures,
    backupEvery: hours(24),
    steady: () => watch.time,
    ...changes,
  });
}

test("letters, portals, changes, events and backups are told as they stand", async () => {
  const portal = { id: "p1", name: "here:3000", version: portalVersion, keyIds: ["k1"], secretIds: [], appsHash: "" };
  await writeBeat(house.ctx, portal, 0);
  await writeBeat(house.ctx, { ...portal, id: "p2", name: "there:3000", version: "0.1.9" }, 0);
  await insertBackup(house.ctx, { file: "b", bytes: 1, rows: 1 });
  const { userId } = await makePerson(house.ctx);
  const about = { kind: "test", queue: "q", address: "a", language: "en", notBefore: house.ctx.now, userId };
  const old = new Date(house.ctx.now.getTime() - minutes(30));
  await house.db.letter.createMany({
    data: [
      { ...about, id: "1", channel: "mail", createdAt: old },
      { ...about, id: "2", channel: "mail", createdAt: house.ctx.now, tries: 2 },
      { ...about, id: "3", channel: "sms", createdAt: old, parkedAt: house.ctx.now },
      { ...about, id: "4", channel: "sms", createdAt: old, sentAt: house.ctx.now },
    ],
  });
  await recordEvent({ ...house.ctx, now: old }, { name: "keys.rotated", subjectId: null, meta: { rows: 1 } });
  const text = await scraping()();
  expect(valueAt(text, "sallyport_events_unsealed_seconds")).toBe(inSeconds(minutes(30)));
  expect(valueAt(text, 'sallyport_letters{channel="mail",state="waiting"}')).toBe(1);
  expect(valueAt(text, 'sallyport_letters{channel="mail",state="retrying"}')).toBe(1);
  expect(valueAt(text, 'sallyport_letters{channel="sms",state="parked"}')).toBe(1);
  expect(valueAt(text, 'sallyport_letters{channel="sms",state="waiting"}')).toBe(0);
  expect(valueAt(text, 'sallyport_letters_oldest_seconds{channel="mail"}')).toBe(inSeconds(minutes(30)));
  expect(valueAt(text, 'sallyport_letters_oldest_seconds{channel="sms"}')).toBe(0);
  expect(valueAt(text, "sallyport_portals_living")).toBe(2);
  expect(valueAt(text, "sallyport_portal_versions")).toBe(2);
  expect(valueAt(text, "sallyport_heartbeat_age_seconds")).toBeLessThan(60);
  expect(valueAt(text, "sallyport_backup_made_seconds")).toBe(house.ctx.now.getTime() / 1000);
  expect(valueAt(text, "sallyport_backup_every_seconds")).toBe(inSeconds(hours(24)));
  expect(valueAt(text, "sallyport_changes_overdue")).toBe(0);
  expect(valueAt(text, "sallyport_database_answers")).toBe(1);
  expect(valueAt(text, "sallyport_data_free_bytes")).toBeGreaterThan(0);
});

test("the database is asked once in fifteen seconds, however many scrape", async () => {
  const scrape = scraping();
  await Promise.all(Array.from({ length: 20 }, () => scrape()));
  watch.time = seconds(14);
  await scrape();
  expect(watch.looks).toBe(1);
  watch.time = seconds(15);
  await scrape();
  expect(watch.looks).toBe(2);
});

test("a database that is away costs its own figures, and none of yesterday's stand there", async () => {
  let isAway = false;
  const figures = () => (isAway ? Promise.reject(new Error("away")) : readFigures(house.ctx, "p1"));
  const scrape = scraping({ figures: () => figures });
  expect(valueAt(await scrape(), "sallyport_portals_living")).not.toBeNull();
  isAway = true;
  watch.time = seconds(20);
  const text = await scrape();
  expect(valueAt(text, "sallyport_database_answers")).toBe(0);
  const ofTheDatabase =
    /^sallyport_(?:letters(?:_oldest_seconds)?\{|portal|heartbeat|backup_made|changes|events_unsealed|clock)/;
  expect(linesIn(text).filter((line) => ofTheDatabase.test(line))).toEqual([]);
  isAway = false;
  expect(valueAt(await scrape(), "sallyport_database_answers")).toBe(1);
});

test("one that hangs is not waited for longer than a scrape can wait, and is asked no second time meanwhile", async () => {
  const figures = () => {
    watch.looks += 1;
    return new Promise<Figures>(() => {});
  };
  const scrape = scraping({ figures: () => figures, patience: milliseconds(20) });
  const texts = await Promise.all([scrape(), scrape()]);
  for (const text of texts) expect(valueAt(text, "sallyport_database_answers")).toBe(0);
  expect(watch.looks).toBe(1);
});

test("while nobody is served the database is not asked, and that it does not answer is not said either", async () => {
  const text = await scraping({ isOpen: () => false, figures: () => null, backupEvery: null })();
  expect(valueAt(text, "sallyport_open")).toBe(0);
  expect(valueAt(text, "sallyport_database_answers")).toBeNull();
  expect(valueAt(text, "sallyport_backup_every_seconds")).toBe(0);
  expect(watch.looks).toBe(0);
});
