import { setTimeout as pause } from "node:timers/promises";
import { beforeEach, describe, expect, test } from "vitest";
import type { Ctx } from "@/lib/context/context";
import { openDatabase } from "@/lib/db/client";
import { systemClock } from "@/lib/kernel/clock";
import { seconds } from "@/lib/kernel/duration";
import { aCode, agreedHour, aNotice, bothChannels } from "@/lib/letters/letters.kit";
import { startOutboxWorker } from "@/lib/letters/outbox-worker";
import { queueLetters } from "@/lib/letters/queue-letters";
import { letterKinds } from "@/lib/notices/letter-kinds";
import { sortingOffice } from "@/lib/testing/letters/sorting-office";
import { aloud, openHouse } from "@/lib/testing/story";
import { testContext } from "@/lib/testing/test-context";
import { until } from "@/lib/testing/until";

const house = openHouse(bothChannels);
beforeEach(() => house.db.$executeRaw`TRUNCATE letters`);

/** Workers live in real time. */
const now = (): Ctx => testContext({ db: house.db, clock: systemClock });
const noFault = (fault: unknown) => {
  throw fault;
};
const arrives = (office: ReturnType<typeof sortingOffice>, count: number) =>
  until(() => expect(office.arrived.length).toBeGreaterThanOrEqual(count));
const unsent = () => house.db.letter.count({ where: { sentAt: null } });
/** Generous: on a busy machine five hundred letters take their time. */
const allSent = (but = 0) => until(async () => expect(await unsent()).toBe(but), 120_000);

const answer = { kind: "sent" } as const;

describe("an outbox worker", () => {
  test("is woken by a commit, and carries what waits, codes first", async () => {
    const office = sortingOffice();
    const stop = startOutboxWorker({ ...agreedHour(now), ways: office.ways, kinds: letterKinds, onFault: noFault });
    await queueLetters(aloud(now()), [aNotice(1, { userId: null }), aCode("482913", { userId: null })]);
    await allSent();
    await stop();
    expect(office.arrived).toHaveLength(2);
  });

  test("finds by itself what others wrote, and letters whose time has come", async () => {
    const office = sortingOffice();
    const stop = startOutboxWorker({ ...agreedHour(now), ways: office.ways, kinds: letterKinds, onFault: noFault });
    await queueLetters(now(), [aNotice(1, { userId: null, notBefore: new Date(now().now.getTime() + 500) })]);
    await allSent();
    await stop();
    expect(office.arrived).toHaveLength(1);
  });

  test("carries at most five letters of a channel at once, and stops only when those have left", async () => {
    const onTheirWay: (() => void)[] = [];
    const office = sortingOffice(() => new Promise<typeof answer>((arrive) => onTheirWay.push(() => arrive(answer))));
    const letters = Array.from({ length: 12 }, (_, place) => aNotice(1, { userId: null, to: `${place}@example.test` }));
    await queueLetters(now(), letters);
    const stop = startOutboxWorker({ ...agreedHour(now), ways: office.ways, kinds: letterKinds, onFault: noFault });
    await arrives(office, 5);
    onTheirWay.shift()?.();
    await arrives(office, 6);
    const stopped = stop();
    for (const arrive of onTheirWay) arrive();
    await stopped;
    expect(office.arrived).toHaveLength(6);
    expect(office.underWay).toEqual({ now: 0, most: 5 });
    expect(await unsent()).toBe(12 - 6);
    expect(await house.db.letter.count({ where: { lease: { not: null } } })).toBe(0);
  });

  test("a provider of one channel that never answers holds up neither the other channel nor the end", async () => {
    const office = sortingOffice(({ to }) => (to.startsWith("+") ? new Promise(() => undefined) : answer));
    await queueLetters(
      now(),
      Array.from({ length: 9 }, (_, place) => aCode("111111", { userId: null, to: `+44740012345${place}` })),
    );
    await queueLetters(
      now(),
      Array.from({ length: 50 }, (_, place) => aNotice(1, { userId: null, to: `${place}@example.test` })),
    );
    const stop = startOutboxWorker({ ...agreedHour(now), ways: office.ways, kinds: letterKinds, onFault: noFault });
    await allSent(9);
    const begun = performance.now();
    await stop();
    expect(performance.now() - begun).toBeLessThan(10_000);
  });

  test("leaves a resting provider alone, and its letters keep their tries", async () => {
    const office = sortingOffice(() => ({ kind: "later", reason: "rests", untried: true, retryAfter: seconds(60) }));
    await queueLetters(
      now(),
      Array.from({ length: 20 }, (_, place) => aNotice(1, { userId: null, to: `${place}@example.test` })),
    );
    const stop = startOutboxWorker({ ...agreedHour(now), ways: office.ways, kinds: letterKinds, onFault: noFault });
    await arrives(office, 5);
    await pause(1_200); // a look of his own
    await stop();
    expect(office.arrived).toHaveLength(5);
    expect(await house.db.letter.count({ where: { tries: { gt: 0 } } })).toBe(0);
  });

  test("says once that the database is away, and goes on when it is back", async () => {
    const faults: unknown[] = [];
    let [isAway, asked] = [true, 0];
    const context = () => {
      asked += 1;
      if (isAway) throw new Error("There is no database yet.");
      return now();
    };
    const office = sortingOffice();
    await queueLetters(now(), [aNotice(1, { userId: null })]);
    const stop = startOutboxWorker({
      ...agreedHour(context),
      ways: office.ways,
      kinds: letterKinds,
      onFault: (fault) => faults.push(fault),
    });
    await until(() => expect(asked).toBeGreaterThan(2));
    expect(faults).toHaveLength(1);
    isAway = false;
    await allSent();
    await stop();
    expect(faults).toHaveLength(1);
  });

  test("writes down that a letter has left as soon as the database is back, instead of sending it again", async () => {
    let isAway = false;
    const office = sortingOffice(async () => {
      isAway = true;
      setTimeout(() => {
        isAway = false;
      }, 1_500);
      return answer;
    });
    const context = () => {
      if (isAway) throw new Error("There is no database yet.");
      return now();
    };
    await queueLetters(now(), [aNotice(1, { userId: null })]);
    const stop = startOutboxWorker({
      ...agreedHour(context),
      ways: office.ways,
      kinds: letterKinds,
      onFault: () => undefined,
    });
    await allSent();
    await stop();
    expect(office.arrived).toHaveLength(1);
  });
});

test("two portals share 500 letters of 25 people: each leaves once, everybody's in order", async () => {
  for (let place = 0; place < 500; place += 50) {
    await queueLetters(
      now(),
      Array.from({ length: 50 }, (_, more) => aNotice(place + more, { userId: null, to: `${more % 25}@example.test` })),
    );
  }
  const second = openDatabase(house.url, 8);
  let bothCarry = () => {};
  const both = new Promise<void>((resolve) => {
    bothCarry = resolve;
  });
  const office = sortingOffice(async () => {
    if (office.underWay.now > 5) bothCarry(); // one portal carries five: whoever came first waits for the other portal's
    await both;
    await pause(Math.floor(Math.random() * 8));
    return answer;
  });
  const stops = [
    startOutboxWorker({ ...agreedHour(now), ways: office.ways, kinds: letterKinds, onFault: noFault }),
    startOutboxWorker({
      ...agreedHour(() => testContext({ db: second, clock: systemClock })),
      ways: office.ways,
      kinds: letterKinds,
      onFault: noFault,
    }),
  ];
  await allSent();
  await Promise.all(stops.map((stop) => stop()));
  await second.$disconnect();
  expect(office.arrived).toHaveLength(500);
  expect(new Set(office.arrived.map(({ key }) => key)).size).toBe(500);
  expect(office.underWay.most).toBeGreaterThan(5);
  for (let person = 0; person < 25; person += 1) {
    const got = office.arrived.filter(({ to }) => to === `${person}@example.test`);
    const numbers = got.map(({ text }) => Number(text.match(/\s(\d+) are left|One is left/)?.[1] ?? 0));
    expect(got).toHaveLength(20);
    expect(numbers.slice(2)).toEqual([...numbers.slice(2)].sort((a, b) => a - b));
  }
}, 150_000);
