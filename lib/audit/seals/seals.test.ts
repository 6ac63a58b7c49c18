import pg from "pg";
import { beforeEach, describe, expect, test } from "vitest";
import { recordEvent } from "@/lib/audit/record-event";
import type { Finding } from "@/lib/audit/seals/findings";
import type { Remembered } from "@/lib/audit/seals/newest-seal";
import { macOfSeal } from "@/lib/audit/seals/seal";
import { releaseOldEvents, sealEvents } from "@/lib/audit/seals/seal-events";
import { findSeal } from "@/lib/audit/seals/store";
import { verifyEvents } from "@/lib/audit/seals/verify-events";
import { inShortTransaction, inTransaction } from "@/lib/context/context";
import { rawOf } from "@/lib/db/client";
import { ensure } from "@/lib/kernel/assert";
import { days, hours, minutes, seconds } from "@/lib/kernel/duration";
import { sweep } from "@/lib/sweep/sweep";
import { openHouse } from "@/lib/testing/story";

const house = openHouse();

beforeEach(async () => {
  await house.db.securityEvent.deleteMany();
  await house.db.eventSeal.deleteMany();
});

/** So many events, told by one deed. */
async function happens(count: number): Promise<void> {
  house.clock.move(seconds(1));
  await inShortTransaction(house.ctx, async (tx) => {
    for (let one = 0; one < count; one += 1)
      await recordEvent(tx, { name: "factor.bound", subjectId: "ada", meta: { kind: "totp", factor: `f${one}` } });
  });
}

/** Three sealed stretches of four events, an hour apart. */
async function threeStretches(): Promise<void> {
  for (let stretch = 0; stretch < 3; stretch += 1) {
    house.clock.move(hours(1));
    await happens(4);
    await sealEvents(house.ctx);
  }
}

type Said = { readonly remembered?: readonly Remembered[]; readonly isPortalLiving?: boolean };
const verified = ({ remembered = [], isPortalLiving = true }: Said = {}) =>
  verifyEvents(rawOf(house.db), { now: house.ctx.now, remembered, isPortalLiving });
const found = async (said?: Said): Promise<readonly Finding[]> => (await verified(said)).findings;
const idOf = async (place: number) => {
  const events = await house.db.securityEvent.findMany({ orderBy: { id: "asc" } });
  return events.at(place)?.id ?? 0n;
};
const newest = async (): Promise<Remembered> => {
  const { newest: seal } = await verified();
  return { number: seal?.number ?? 0, mac: seal?.mac ?? "", at: house.ctx.now };
};

test("what was recorded is sound, sealed and not yet sealed", async () => {
  await threeStretches();
  await happens(2);
  expect(await verified()).toMatchObject({ isSound: true, events: 14, seals: 3, waiting: 2, adopted: 0 });
});

test("the database makes the same HMAC as whoever verifies, whatever an event says", async () => {
  const agent = 'Ada "\\\n\u0001 \u{1f511} é\u2028';
  const ctx = { ...house.ctx, visitor: { ip: "2001:db8::1", agent }, requestId: null };
  await inTransaction(ctx, async (tx) => {
    await recordEvent(tx, { name: "keys.rotated", subjectId: null, meta: { rows: 1.5e21, key: "ключ", by: "" } });
    await recordEvent(tx, { name: "factor.bound", subjectId: "ada", actorId: null, sessionId: "0123456789" });
  });
  expect(await verified()).toMatchObject({ isSound: true, events: 2 });
});

describe("found is", () => {
  beforeEach(threeStretches);

  test("an event that was edited", async () => {
    const id = await idOf(5);
    await house.db.securityEvent.update({ where: { id }, data: { ip: "192.0.2.99" } });
    expect(await found()).toEqual([expect.objectContaining({ kind: "event.changed", id: Number(id) })]);
  });

  test("an event that was edited so that it says of no key that it is right", async () => {
    await house.db.securityEvent.update({ where: { id: await idOf(5) }, data: { ip: "192.0.2.99", mac: null } });
    expect(await found()).toEqual([expect.objectContaining({ kind: "events.exchanged", seal: 2 })]);
  });

  test("an event that was removed", async () => {
    await house.db.securityEvent.delete({ where: { id: await idOf(6) } });
    expect(await found()).toEqual([expect.objectContaining({ kind: "events.missing", seal: 2, count: 1 })]);
  });

  test("an event that was inserted, sealed or not", async () => {
    house.clock.move(days(2));
    const event = { name: "factor.removed", result: "ok", subjectId: "ada", ip: "192.0.2.1", agent: "", meta: {} };
    await house.db.securityEvent.create({ data: { ...event, at: house.ctx.now } });
    expect(await found({ isPortalLiving: false })).toMatchObject([{ kind: "event.unsigned" }]);
    await sealEvents(house.ctx);
    expect(await found()).toMatchObject([{ kind: "event.unsigned" }]);
  });

  test("a copy of an event", async () => {
    await house.db.$executeRaw`
      INSERT INTO security_events (at, name, result, actor_id, subject_id, request_id, ip, agent, meta, mac)
      SELECT at, name, result, actor_id, subject_id, request_id, ip, agent, meta, mac FROM security_events ORDER BY id LIMIT 1`;
    expect(await found({ isPortalLiving: false })).toMatchObject([{ kind: "event.changed" }]);
  });

  test("two events in another order", async () => {
    const [one, other] = [await idOf(5), await idOf(6)];
    await house.db.$executeRaw`UPDATE security_events SET id = -id WHERE id IN (${one}, ${other})`;
    await house.db.$executeRaw`UPDATE security_events SET id = ${other} WHERE id = ${-one}`;
    await house.db.$executeRaw`UPDATE security_events SET id = ${one} WHERE id = ${-other}`;
    const kinds = await found();
    expect(kinds).toMatchObject([
      { kind: "event.changed", id: Number(one) },
      { kind: "event.changed", id: Number(other) },
    ]);
  });

  test("the newest hour, cut off with its seal: by whoever remembers that seal", async () => {
    const remembered = [await newest()];
    await house.db.securityEvent.deleteMany({ where: { id: { gt: await idOf(7) } } });
    await house.db.eventSeal.delete({ where: { number: 3n } });
    expect(await found()).toEqual([]); // the database alone does not know
    expect(await found({ remembered })).toEqual([{ kind: "newest.missing", seal: 3 }]);
    await happens(1);
    await sealEvents(house.ctx); // a seal of the same number is another one
    expect(await found({ remembered })).toEqual([{ kind: "newest.missing", seal: 3 }]);
  });

  test("a seal that is gone, or was changed, or comes from another place", async () => {
    await house.db.eventSeal.update({ where: { number: 2n }, data: { events: 3 } });
    expect(await found()).toEqual([{ kind: "seal.changed", seal: 2 }]);
    await house.db.eventSeal.delete({ where: { number: 2n } });
    expect(await found()).toEqual([{ kind: "seal.missing", seal: 2 }]);
  });

  test("a seal that comes from another chain", async () => {
    const third = await findSeal(rawOf(house.db), 3);
    ensure(third, "there are three");
    const mac = macOfSeal(third, "the mac of another second one");
    await house.db.eventSeal.update({ where: { number: 3n }, data: { mac } });
    expect(await found()).toEqual([{ kind: "seal.changed", seal: 3 }]);
  });

  test("a beginning that nobody swept", async () => {
    await house.db.securityEvent.deleteMany({ where: { id: { lte: await idOf(3) } } });
    await house.db.eventSeal.delete({ where: { number: 1n } });
    expect(await found()).toEqual([{ kind: "beginning.missing", seal: 2 }]);
    await house.db.eventSeal.update({ where: { number: 2n }, data: { sweptMac: "looks as if" } });
    expect(await found()).toEqual([
      { kind: "beginning.forged", seal: 2 },
      { kind: "beginning.missing", seal: 2 },
    ]);
  });

  test("that nothing is sealed any more while a portal lives", async () => {
    await happens(1);
    house.clock.move(minutes(16));
    expect(await found()).toMatchObject([{ kind: "sealing.stopped" }]);
    expect(await found({ isPortalLiving: false })).toEqual([]);
  });
});

test("sweeping takes whole stretches that are old enough, and what is left is sound", async () => {
  await threeStretches();
  house.clock.move(days(400) - hours(1));
  await releaseOldEvents(house.ctx, days(400));
  expect(await sweep(house.ctx)).toMatchObject({ events: 8, seals: 1 });
  expect(await verified()).toMatchObject({ isSound: true, events: 4, seals: 1 });
  house.clock.move(hours(2));
  await releaseOldEvents(house.ctx, days(400));
  expect(await sweep(house.ctx)).toMatchObject({ events: 4, seals: 1 });
  await happens(1);
  await sealEvents(house.ctx);
  expect(await verified()).toMatchObject({ isSound: true, events: 1, seals: 1 });
});

describe("a seal that was written by hand makes the portal sweep nothing, and is told:", () => {
  beforeEach(threeStretches);
  const swept = async () => {
    const odd = await releaseOldEvents(house.ctx, days(400));
    const { events, seals } = await sweep(house.ctx);
    return { odd, events, seals };
  };

  test("all of them made to look old", async () => {
    await house.db.eventSeal.updateMany({ data: { lastAt: new Date("2000-01-01") } });
    expect(await swept()).toEqual({ odd: 1, events: 0, seals: 0 });
    expect(await found()).toContainEqual({ kind: "seal.changed", seal: 1 });
  });

  test("one made to reach further than anything that is ever recorded", async () => {
    await house.db.eventSeal.update({ where: { number: 3n }, data: { lastId: 9_000_000_000_000_000n } });
    await happens(1);
    expect(await sealEvents(house.ctx)).toMatchObject({ made: [], forged: 3 });
    expect(await found()).toMatchObject([{ kind: "seal.changed", seal: 3 }]);
    house.clock.move(days(401));
    expect(await swept()).toEqual({ odd: 3, events: 0, seals: 0 });
  });

  test("one that says that everything up to it was swept", async () => {
    await house.db.eventSeal.update({ where: { number: 3n }, data: { sweptMac: "looks as if" } });
    expect(await swept()).toEqual({ odd: 3, events: 0, seals: 0 });
    expect(await found()).toEqual([{ kind: "beginning.forged", seal: 3 }]);
  });

  test("the one up to which everything was swept, made to reach further", async () => {
    house.clock.move(days(400) - hours(1));
    expect(await swept()).toEqual({ odd: null, events: 8, seals: 1 });
    for (const data of [{ lastId: 9_000_000_000_000_000n }, { lastAt: new Date("2000-01-01") }]) {
      const { lastId, lastAt } = await house.db.eventSeal.findUniqueOrThrow({ where: { number: 2n } });
      await house.db.eventSeal.update({ where: { number: 2n }, data });
      expect(await swept()).toEqual({ odd: 2, events: 0, seals: 0 });
      expect(await found()).toContainEqual({ kind: "beginning.forged", seal: 2 });
      await house.db.eventSeal.update({ where: { number: 2n }, data: { lastId, lastAt } });
    }
    expect(await found()).toEqual([]);
  });
});

test("events of a version of before are sealed as such: changed afterwards they are found", async () => {
  const bare = { name: "factor.bound", result: "ok", ip: "192.0.2.1", agent: "", meta: {} } as const;
  await house.db.securityEvent.createMany({ data: [1, 2, 3].map(() => ({ ...bare, at: house.ctx.now })) });
  expect(await verified()).toMatchObject({ isSound: true, adopted: 3, waiting: 3 });
  await sealEvents(house.ctx);
  expect(await verified()).toMatchObject({ isSound: true, adopted: 3 });
  await house.db.securityEvent.updateMany({ where: { id: await idOf(1) }, data: { ip: "192.0.2.2" } });
  expect(await found()).toMatchObject([{ kind: "events.exchanged", seal: 1 }]);
});

test("nothing comes into a stretch afterwards: whoever is writing is waited for, or left to the next round", async () => {
  const slow = new pg.Client({ connectionString: house.url });
  await slow.connect();
  try {
    await slow.query("BEGIN");
    await slow.query(
      "INSERT INTO security_events (at, name, result, ip, agent, meta) VALUES (now(), 'factor.bound', 'ok', '', '', '{}')",
    );
    await happens(1);
    expect((await sealEvents(house.ctx, seconds(0))).made).toEqual([]);
    await slow.query("COMMIT");
    expect((await sealEvents(house.ctx)).made).toMatchObject([{ events: 2, unsigned: 1 }]);
  } finally {
    await slow.end();
  }
});

test("two who seal at once make each seal once", async () => {
  await happens(3);
  const both = await Promise.all([sealEvents(house.ctx), sealEvents(house.ctx)]);
  expect(both.flatMap(({ made }) => made).map(({ number }) => number)).toEqual([1]);
  expect(await verified()).toMatchObject({ isSound: true, seals: 1 });
});
