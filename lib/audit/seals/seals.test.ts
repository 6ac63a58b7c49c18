import pg from "pg";
import { beforeEach, describe, expect, test } from "vitest";
import { recordEvent } from "@/lib/audit/record-event";
import { raiseNumbers } from "@/lib/audit/seals/raise-numbers";
import { releaseOldEvents } from "@/lib/audit/seals/release-old";
import { macOfSeal } from "@/lib/audit/seals/seal";
import { sealEvents } from "@/lib/audit/seals/seal-events";
import { recordHouse } from "@/lib/audit/seals/seals.kit";
import { findSeal } from "@/lib/audit/seals/store";
import { inTransaction } from "@/lib/context/context";
import { openDatabase, rawOf } from "@/lib/db/client";
import { ensure } from "@/lib/kernel/assert";
import { days, hours, minutes, seconds } from "@/lib/kernel/duration";
import { sweep } from "@/lib/sweep/sweep";

const { house, happens, threeStretches, verified, found, idOf, newest } = recordHouse();

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

test("nothing is sealed while numbers are handed out by the hundred, because a later event may have a smaller one", async () => {
  await happens(2);
  await house.db.$executeRawUnsafe("ALTER SEQUENCE security_events_id_seq CACHE 100");
  try {
    expect((await sealEvents(house.ctx)).made).toEqual([]);
    expect(await verified()).toMatchObject({ isSound: true, events: 2, seals: 0, waiting: 2 });
  } finally {
    await house.db.$executeRawUnsafe("ALTER SEQUENCE security_events_id_seq CACHE 1");
  }
  expect((await sealEvents(house.ctx)).made).toHaveLength(1);
});

test("no function or operator that stands before the database's own sees the key of a statement", async () => {
  const hand = new pg.Client({ connectionString: house.url });
  await hand.connect();
  await hand.query(`
    CREATE TABLE overheard (word text);
    CREATE FUNCTION overhear(bytea, bytea) RETURNS bytea LANGUAGE plpgsql AS
      $$BEGIN INSERT INTO overheard VALUES (encode($1, 'hex')); RETURN byteacat($1, $2); END$$;
    CREATE FUNCTION public.sha256(bytea) RETURNS bytea LANGUAGE plpgsql AS
      $$BEGIN INSERT INTO overheard VALUES (encode($1, 'hex')); RETURN pg_catalog.sha256($1); END$$;
    CREATE FUNCTION public.decode(text, text) RETURNS bytea LANGUAGE plpgsql AS
      $$BEGIN INSERT INTO overheard VALUES ($1); RETURN pg_catalog.decode($1, $2); END$$;
    CREATE OPERATOR public.|| (LEFTARG = bytea, RIGHTARG = bytea, FUNCTION = overhear)`);
  const url = new URL(house.url);
  url.searchParams.set("options", "-c search_path=public,pg_catalog");
  const db = openDatabase(url.href, 3);
  try {
    await recordEvent({ ...house.ctx, db }, { name: "keys.rotated", subjectId: null, meta: { rows: 1 } });
    expect((await hand.query("SELECT word FROM overheard")).rows).toEqual([]);
    expect(await verified()).toMatchObject({ isSound: true, events: 1 });
  } finally {
    await db.$disconnect();
    await hand.query(
      "DROP OPERATOR public.|| (bytea, bytea); DROP FUNCTION overhear, public.sha256, public.decode; DROP TABLE overheard",
    );
    await hand.end();
  }
});

describe("found is", () => {
  beforeEach(threeStretches);

  test("an event that was edited", async () => {
    const id = await idOf(5);
    await house.db.securityEvent.update({ where: { id }, data: { ip: "192.0.2.99" } });
    expect(await found()).toEqual([expect.objectContaining({ kind: "event.changed", id: String(id) })]);
  });

  test("an event that was edited so that it says of no key that it is right", async () => {
    await house.db.securityEvent.update({ where: { id: await idOf(5) }, data: { ip: "192.0.2.99", mac: null } });
    expect(await found()).toEqual([expect.objectContaining({ kind: "event.unsigned", id: String(await idOf(5)) })]);
  });

  test("an event that was removed", async () => {
    await house.db.securityEvent.delete({ where: { id: await idOf(6) } });
    expect(await found()).toEqual([expect.objectContaining({ kind: "events.missing", seal: "2", count: 1 })]);
  });

  test("an event that was inserted, sealed or not", async () => {
    house.clock.move(days(2));
    const event = { name: "factor.removed", result: "ok", subjectId: "ada", ip: "192.0.2.1", agent: "", meta: {} };
    await house.db.securityEvent.create({ data: { ...event, at: house.ctx.now } });
    expect(await found()).toMatchObject([{ kind: "event.unsigned" }]);
    await sealEvents(house.ctx);
    expect(await found()).toMatchObject([{ kind: "event.unsigned" }]);
  });

  test("a copy of an event", async () => {
    await house.db.$executeRaw`
      INSERT INTO security_events (at, name, result, actor_id, subject_id, request_id, ip, agent, meta, mac)
      SELECT at, name, result, actor_id, subject_id, request_id, ip, agent, meta, mac FROM security_events ORDER BY id LIMIT 1`;
    expect(await found()).toMatchObject([{ kind: "event.changed" }]);
  });

  test("two events in another order", async () => {
    const [one, other] = [await idOf(5), await idOf(6)];
    await house.db.$executeRaw`UPDATE security_events SET id = -id WHERE id IN (${one}, ${other})`;
    await house.db.$executeRaw`UPDATE security_events SET id = ${other} WHERE id = ${-one}`;
    await house.db.$executeRaw`UPDATE security_events SET id = ${one} WHERE id = ${-other}`;
    const kinds = await found();
    expect(kinds).toMatchObject([
      { kind: "event.changed", id: String(one) },
      { kind: "event.changed", id: String(other) },
    ]);
  });

  test("the newest hour, cut off with its seal: by whoever remembers that seal", async () => {
    const remembered = [await newest()];
    await house.db.securityEvent.deleteMany({ where: { id: { gt: await idOf(7) } } });
    await house.db.eventSeal.delete({ where: { number: 3n } });
    expect(await found()).toEqual([]); // the database alone does not know
    expect(await found({ remembered })).toEqual([{ kind: "newest.missing", seal: "3" }]);
    await happens(1);
    await sealEvents(house.ctx); // a seal of the same number is another one
    expect(await found({ remembered })).toEqual([{ kind: "newest.missing", seal: "3" }]);
  });

  test("a seal that is gone, or was changed, or comes from another place", async () => {
    await house.db.eventSeal.update({ where: { number: 2n }, data: { events: 3 } });
    expect(await found()).toEqual([{ kind: "seal.changed", seal: "2" }]);
    await house.db.eventSeal.delete({ where: { number: 2n } });
    expect(await found()).toEqual([{ kind: "seal.missing", seal: "2" }]);
  });

  test("a seal that comes from another chain", async () => {
    const third = await findSeal(rawOf(house.db), 3n);
    ensure(third, "there are three");
    const mac = macOfSeal(third, "the mac of another second one");
    await house.db.eventSeal.update({ where: { number: 3n }, data: { mac } });
    expect(await found()).toEqual([{ kind: "seal.changed", seal: "3" }]);
  });

  test("a beginning that nobody swept", async () => {
    await house.db.securityEvent.deleteMany({ where: { id: { lte: await idOf(3) } } });
    await house.db.eventSeal.delete({ where: { number: 1n } });
    expect(await found()).toEqual([{ kind: "beginning.missing", seal: "2" }]);
    await house.db.eventSeal.update({ where: { number: 2n }, data: { sweptMac: "looks as if" } });
    expect(await found()).toEqual([
      { kind: "beginning.forged", seal: "2" },
      { kind: "beginning.missing", seal: "2" },
    ]);
  });

  test("that nothing is sealed any more while a portal lives", async () => {
    await happens(1);
    house.clock.move(minutes(16));
    expect(await found({ isPortalLiving: true })).toMatchObject([{ kind: "sealing.stopped" }]);
    expect(await found()).toEqual([]);
  });
});

/** Something happens and is sealed, and a day goes by. */
async function aDayPasses(): Promise<void> {
  await happens(1);
  await sealEvents(house.ctx);
  house.clock.move(days(1));
}

test("sweeping takes whole stretches that are old enough, and what is left is sound", async () => {
  await threeStretches();
  house.clock.move(days(399) - hours(1));
  await aDayPasses();
  await releaseOldEvents(house.ctx, days(400));
  expect(await sweep(house.ctx)).toMatchObject({ events: 8, seals: 1 });
  expect(await verified()).toMatchObject({ isSound: true, events: 5, seals: 2 });
  house.clock.move(hours(2));
  await releaseOldEvents(house.ctx, days(400));
  expect(await sweep(house.ctx)).toMatchObject({ events: 4, seals: 1 });
  await happens(1);
  await sealEvents(house.ctx);
  expect(await verified()).toMatchObject({ isSound: true, events: 2, seals: 2 });
});

test("a clock that leaps ahead ends no record: it must have agreed with the record for a day first", async () => {
  await threeStretches();
  house.clock.move(days(500));
  const released = async () => {
    await releaseOldEvents(house.ctx, days(400));
    return house.db.eventSeal.count({ where: { sweptMac: { not: null } } });
  };
  expect(await released()).toBe(0);
  await happens(1);
  await sealEvents(house.ctx);
  expect(await released()).toBe(0);
  house.clock.move(days(1));
  expect(await released()).toBe(1);
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
    expect(await swept()).toEqual({ odd: 1n, events: 0, seals: 0 });
    expect(await found()).toContainEqual({ kind: "seal.changed", seal: "1" });
  });

  test("one made to reach further than anything that is ever recorded", async () => {
    await house.db.eventSeal.update({ where: { number: 3n }, data: { lastId: 9_000_000_000_000_000n } });
    await happens(1);
    expect(await sealEvents(house.ctx)).toMatchObject({ made: [], forged: 3n });
    expect(await found()).toMatchObject([{ kind: "seal.changed", seal: "3" }]);
    house.clock.move(days(401));
    expect(await swept()).toEqual({ odd: 3n, events: 0, seals: 0 });
  });

  test("one that says that everything up to it was swept", async () => {
    await house.db.eventSeal.update({ where: { number: 3n }, data: { sweptMac: "looks as if" } });
    expect(await swept()).toEqual({ odd: 3n, events: 0, seals: 0 });
    expect(await found()).toEqual([{ kind: "beginning.forged", seal: "3" }]);
  });

  test("the one up to which everything was swept, made to reach further", async () => {
    house.clock.move(days(399) - hours(1));
    await aDayPasses();
    expect(await swept()).toEqual({ odd: null, events: 8, seals: 1 });
    for (const data of [{ lastId: 9_000_000_000_000_000n }, { lastAt: new Date("2000-01-01") }]) {
      const { lastId, lastAt } = await house.db.eventSeal.findUniqueOrThrow({ where: { number: 2n } });
      await house.db.eventSeal.update({ where: { number: 2n }, data });
      expect(await swept()).toEqual({ odd: 2n, events: 0, seals: 0 });
      expect(await found()).toContainEqual({ kind: "beginning.forged", seal: "2" });
      await house.db.eventSeal.update({ where: { number: 2n }, data: { lastId, lastAt } });
    }
    expect(await found()).toEqual([]);
  });
});

describe("events of a version of before", () => {
  const bare = { name: "factor.bound", result: "ok", ip: "192.0.2.1", agent: "", meta: {} } as const;
  const olderWrites = (count: number) =>
    house.db.securityEvent.createMany({ data: Array.from({ length: count }, () => ({ ...bare, at: house.ctx.now })) });

  test("are sealed as such, for a day beside this one: changed afterwards they are found", async () => {
    await olderWrites(3);
    expect(await verified()).toMatchObject({ isSound: true, adopted: 3, waiting: 3 });
    expect((await sealEvents(house.ctx)).unsound).toEqual([]);
    expect(await verified()).toMatchObject({ isSound: true, adopted: 3 });
    await olderWrites(1);
    expect((await sealEvents(house.ctx)).unsound).toEqual([]);
    await house.db.securityEvent.updateMany({ where: { id: await idOf(1) }, data: { ip: "192.0.2.2" } });
    expect(await found()).toMatchObject([{ kind: "events.exchanged", seal: "1" }]);
  });

  test("are told at once when that day is over, and where the first seal found none of them", async () => {
    await olderWrites(1);
    await sealEvents(house.ctx);
    house.clock.move(days(1) + minutes(1));
    await olderWrites(1);
    expect((await sealEvents(house.ctx)).unsound).toEqual([await idOf(-1)]);
    expect(await found()).toMatchObject([{ kind: "event.unsigned" }]);
    await house.db.securityEvent.deleteMany();
    await house.db.eventSeal.deleteMany();
    await happens(1);
    await olderWrites(1);
    expect(await found()).toMatchObject([{ kind: "event.unsigned" }]);
    expect((await sealEvents(house.ctx)).unsound).toEqual([await idOf(-1)]);
    await olderWrites(1);
    expect((await sealEvents(house.ctx)).unsound).toEqual([await idOf(-1)]);
  });

  test("are swept like all others, with no word of any of them", async () => {
    for (const _ of [1, 2]) {
      await olderWrites(2);
      await sealEvents(house.ctx);
    }
    for (let later = 0; later < 2; later += 1) {
      await happens(1);
      await sealEvents(house.ctx);
      house.clock.move(later === 0 ? days(400) : days(1));
    }
    for (const left of [2, 1]) {
      await releaseOldEvents(house.ctx, days(400));
      expect(await verified()).toMatchObject({ isSound: true });
      await sweep(house.ctx);
      expect(await verified()).toMatchObject({ isSound: true, events: left });
    }
  });
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
  expect(both.flatMap(({ made }) => made).map(({ number }) => number)).toEqual([1n]);
  expect(await verified()).toMatchObject({ isSound: true, seals: 1 });
});

describe("numbers that somebody has set back", () => {
  const setBackTo = (id: bigint) =>
    house.db.$executeRaw`SELECT setval('security_events_id_seq', ${String(id)}::bigint)`;
  beforeEach(async () => {
    await threeStretches();
    await happens(2); // and have no seal yet
  });

  test("go on behind the newest event that a portal wrote: the next one is recorded, and all of them are sealed", async () => {
    const [given, before] = [await idOf(-1), await idOf(0)];
    await setBackTo(before);
    await expect(happens(1)).rejects.toThrow();
    const [from, to] = [before + 1n, given]; // the refused one has spent a number
    const { name, result, ip, agent } = { name: "factor.bound", result: "ok", ip: "", agent: "" };
    for (const id of [2n ** 63n - 1n, given + 9n])
      await house.db.securityEvent.create({ data: { id, at: house.ctx.now, name, result, ip, agent, meta: {} } });
    expect(await raiseNumbers(house.ctx, "cli")).toEqual({ kind: "raised", from, to });
    await house.db.securityEvent.deleteMany({ where: { id: { gte: given + 9n } } });
    await happens(1);
    expect((await sealEvents(house.ctx)).made).toMatchObject([{ number: 4n, events: 4 }]);
    expect(await found()).toEqual([]);
    expect(await raiseNumbers(house.ctx, "cli")).toEqual({ kind: "right" });
  });

  test("are left alone where the newest seal is nobody's who has the key", async () => {
    await house.db.eventSeal.update({ where: { number: 3n }, data: { lastId: 9_000_000_000_000_000n } });
    expect(await raiseNumbers(house.ctx, "cli")).toEqual({ kind: "forged", seal: 3n });
    await happens(1);
  });
});
