import { beforeEach, expect, test } from "vitest";
import { fixedClock, systemClock } from "@/lib/kernel/clock";
import { milliseconds } from "@/lib/kernel/duration";
import { type Beat, startHeartbeat } from "@/lib/portals/heartbeat";
import { describePortal } from "@/lib/portals/portal";
import { neighbour } from "@/lib/portals/portals.kit";
import { deletePortal, listLiving } from "@/lib/portals/store";
import { openHouse } from "@/lib/testing/story";
import { until } from "@/lib/testing/until";

const house = openHouse();
const context = () => house.ctx;
const us = () => ({ id: "us", ...describePortal() });
const lines = (event: string) => house.logged().filter((line) => line.includes(`"${event}"`));

beforeEach(async () => {
  await house.db.portal.deleteMany();
});

test("beats at once and again, tells its listener, and is gone when it stops", async () => {
  const self = us();
  const heard: Beat[] = [];
  const stop = startHeartbeat({ context, self, every: milliseconds(10), onBeat: (beat) => heard.push(beat) });
  await until(() => expect(heard.length).toBeGreaterThan(2));
  expect(await listLiving(house.ctx, null)).toEqual([self]);
  await deletePortal(house.ctx, self.id); // swept, or somebody's slip
  await until(async () => expect(await listLiving(house.ctx, null)).toEqual([self]));
  await stop();
  expect(await listLiving(house.ctx, null)).toEqual([]);
  const count = heard.length;
  await new Promise((resolve) => setTimeout(resolve, 25));
  expect(heard.length).toBe(count);
});

test("writes into the row how far this machine's clock is ahead", async () => {
  const ahead = fixedClock(new Date(systemClock.now().getTime() + 90_000));
  const stop = startHeartbeat({ context, self: us(), clock: ahead });
  await until(async () => expect((await house.db.portal.findMany())[0]?.clockSkew).toBeGreaterThan(80_000));
  await stop();
});

test("a beat that fails is one line a minute, and the next one comes", async () => {
  const self = us();
  let beats = 0;
  const failing = () => {
    beats += 1;
    throw new Error("the database is away");
  };
  const stop = startHeartbeat({ context: failing, self, every: milliseconds(5) });
  await until(() => expect(beats).toBeGreaterThan(4));
  await stop();
  expect(lines("heartbeat.failed")).toHaveLength(1);
});

test("another version and other apps are a line each when they are first seen", async () => {
  const self = us();
  const other = await neighbour(house.ctx, { version: "9.9.9", appsHash: "other" });
  let beats = 0;
  const stop = startHeartbeat({ context, self, every: milliseconds(5), onBeat: () => (beats += 1) });
  await until(() => expect(beats).toBeGreaterThan(4));
  await stop();
  expect(lines("portal.differs").map((line) => JSON.parse(line))).toMatchObject([
    { level: "warning", portal: other.name, in: "version", ours: self.version, theirs: "9.9.9" },
    { level: "warning", portal: other.name, in: "APPS_FILE" },
  ]);
});
