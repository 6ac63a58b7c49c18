import { beforeEach, describe, expect, test } from "vitest";
import type { Ctx } from "@/lib/context/context";
import { rawOf } from "@/lib/db/client";
import { systemClock } from "@/lib/kernel/clock";
import { type Duration, days, earlier, later, minutes, seconds } from "@/lib/kernel/duration";
import { aCode, aNotice, bothChannels } from "@/lib/letters/letters.kit";
import { type OutboxWorkerSettings, startOutboxWorker } from "@/lib/letters/outbox-worker";
import { queueLetters } from "@/lib/letters/queue-letters";
import { takeLetters } from "@/lib/letters/store";
import { letterKinds } from "@/lib/notices/letter-kinds";
import { readDatabaseClock } from "@/lib/portals/store";
import { sortingOffice } from "@/lib/testing/letters/sorting-office";
import { openHouse } from "@/lib/testing/story";
import { testContext } from "@/lib/testing/test-context";
import { until } from "@/lib/testing/until";

const house = openHouse(bothChannels);
beforeEach(() => house.db.$executeRaw`TRUNCATE letters`);

/** A portal whose clock is so far ahead of the database's. */
const portal = (ahead: Duration): Ctx =>
  testContext({ db: house.db, clock: { now: () => later(systemClock.now(), ahead) } });
const right = () => portal(seconds(0));
const rows = () => house.db.letter.findMany({ orderBy: { seq: "asc" } });

type Wishes = Pick<OutboxWorkerSettings, "context" | "ways"> & Partial<OutboxWorkerSettings>;

/** A worker of that portal, and when it has looked so many times more. */
function worker(wishes: Wishes) {
  const looks = { count: 0 };
  const context = () => {
    looks.count += 1;
    return wishes.context();
  };
  const stop = startOutboxWorker({
    databaseClock: () => readDatabaseClock(rawOf(house.db)),
    mayDecide: () => true,
    kinds: letterKinds,
    onFault: () => undefined,
    ...wishes,
    context,
  });
  const looked = async (times: number) => {
    const enough = looks.count + times;
    await until(() => expect(looks.count).toBeGreaterThanOrEqual(enough));
  };
  return { stop, looked };
}

/** A notice, a code that somebody waits for, and a letter in another portal's hands. */
async function waiting(): Promise<void> {
  await queueLetters(right(), [aNotice(1, { userId: null, to: "carried@example.test" })]);
  expect(await takeLetters(right(), { lease: "another", room: { mail: 1, sms: 0 } })).toHaveLength(1);
  await queueLetters(right(), [aNotice(2, { userId: null })]);
  await queueLetters(right(), [aCode("482913", { userId: null, expiresAt: later(right().now, minutes(5)) })]);
  await house.db.letter.updateMany({ data: { notBefore: earlier(right().now, days(9)) } }); // due for a portal that is behind, too
}

describe("a portal whose clock and the database's are apart", () => {
  test.each([
    ["90 seconds ahead", seconds(90)],
    ["90 seconds behind", seconds(-90)],
    ["eight days ahead", days(8)],
    ["eight days behind", days(-8)],
  ])("%s carries nothing, gives nothing up and wipes nothing", async (_, ahead) => {
    await waiting();
    const before = await rows();
    const office = sortingOffice();
    const { stop, looked } = worker({ context: () => portal(ahead), ways: office.ways });
    await looked(2);
    await stop();
    expect(office.arrived).toEqual([]);
    expect(await rows()).toEqual(before);
  });

  test("nor does it while whoever watches the hour says so; then everything leaves", async () => {
    await queueLetters(right(), [aNotice(1, { userId: null })]);
    await queueLetters(right(), [aCode("482913", { userId: null, expiresAt: right().now })]);
    const before = await rows();
    const office = sortingOffice();
    const watch = { isRight: false, asked: 0 };
    const mayDecide = () => {
      watch.asked += 1;
      return watch.isRight;
    };
    const { stop } = worker({ context: right, mayDecide, ways: office.ways });
    await until(() => expect(watch.asked).toBeGreaterThan(1));
    expect(await rows()).toEqual(before);
    watch.isRight = true;
    await until(() => expect(office.arrived).toHaveLength(1));
    await stop();
    expect((await rows()).map(({ parkedAt }) => parkedAt !== null)).toEqual([false, true]); // nobody wants that code any more
  });
});

describe("two portals whose clocks are apart by what is allowed", () => {
  test("one that is ahead leaves a letter alone that another still carries", async () => {
    await waiting();
    const half = later(right().now, seconds(15));
    await house.db.letter.updateMany({ where: { lease: "another" }, data: { leasedUntil: half } });
    const office = sortingOffice();
    const { stop, looked } = worker({ context: () => portal(seconds(25)), ways: office.ways });
    await until(() => expect(office.arrived).toHaveLength(2));
    await looked(2);
    await stop();
    expect(office.arrived.map(({ to }) => to)).not.toContain("carried@example.test");
    expect((await rows())[0]).toMatchObject({ lease: "another", leasedUntil: half });
  });

  test("what one that is ahead writes leaves as soon as anybody's, and what is to wait waits no longer", async () => {
    const ahead = portal(seconds(25));
    await queueLetters(ahead, [aCode("482913", { userId: null, expiresAt: later(ahead.now, minutes(5)) })]);
    await queueLetters(ahead, [aNotice(1, { userId: null, notBefore: later(ahead.now, seconds(2)) })]);
    const office = sortingOffice();
    const { stop } = worker({ context: right, ways: office.ways });
    await until(() => expect(office.arrived).toHaveLength(1));
    await until(() => expect(office.arrived).toHaveLength(2));
    await stop();
    expect(office.arrived.map(({ to }) => to)).toEqual(["+447400123456", "ada@example.test"]);
  });

  test("one that is behind carries under a lease as long as anybody's", async () => {
    await queueLetters(right(), [aNotice(1, { userId: null })]);
    let leasedUntil: Date | null = null;
    const office = sortingOffice(async () => {
      leasedUntil = (await rows())[0]?.leasedUntil ?? null;
      return { kind: "sent" };
    });
    const { stop } = worker({ context: () => portal(seconds(-25)), ways: office.ways });
    await until(() => expect(office.arrived).toHaveLength(1));
    await stop();
    expect(Number(leasedUntil)).toBeGreaterThan(later(right().now, seconds(20)).getTime());
  });
});

test("a clock that leaps while a letter is under way decides nothing of what becomes of it", async () => {
  await queueLetters(right(), [aNotice(1, { userId: null })]);
  let ahead = seconds(0);
  const office = sortingOffice(() => {
    ahead = days(8);
    return { kind: "later", reason: "421 busy" };
  });
  const { stop } = worker({ context: () => portal(ahead), ways: office.ways });
  await until(async () => expect((await rows())[0]?.lastFault).not.toBeNull());
  await stop();
  const [letter] = await rows();
  expect(letter).toMatchObject({ tries: 1, lastFault: "421 busy", parkedAt: null, content: expect.any(String) });
  expect(Number(letter?.notBefore)).toBeLessThan(later(right().now, minutes(1)).getTime());
});
