import { beforeEach, describe, expect, test } from "vitest";
import { releaseOldEvents } from "@/lib/audit/seals/release-old";
import { sealEvents } from "@/lib/audit/seals/seal-events";
import { recordHouse } from "@/lib/audit/seals/seals.kit";
import { days, hours, later } from "@/lib/kernel/duration";
import { sweep } from "@/lib/sweep/sweep";

const { house, happens, threeStretches, verified, found, idOf } = recordHouse();

const [lowest, highest] = [-(2n ** 63n), 2n ** 63n - 1n];
const bare = { name: "factor.removed", result: "ok", subjectId: "ada", ip: "192.0.2.1", agent: "", meta: {} };
const at = (moment: string) => ({ ...bare, at: new Date(moment) });
const here = () => ({ ...bare, at: house.ctx.now });
/** What the database itself takes for moments, and no calendar has. */
const setMoment = (id: bigint, moment: string) =>
  house.db.$executeRawUnsafe(`UPDATE security_events SET at = '${moment}' WHERE id = ${id}`);

/** Three stretches that were swept but for the newest seal, with events behind them. */
async function sweptHouse(): Promise<void> {
  await threeStretches();
  house.clock.move(days(399));
  await happens(2);
  await sealEvents(house.ctx);
  house.clock.move(days(2));
  await happens(1);
  await sealEvents(house.ctx);
  expect(await releaseOldEvents(house.ctx, days(400))).toBeNull();
}

describe("an event has no place where it is not read:", () => {
  beforeEach(threeStretches);

  test.each([0n, -1n, lowest])("not under the number %s", async (id) => {
    await house.db.securityEvent.create({ data: { ...here(), id } });
    expect(await found()).toEqual([expect.objectContaining({ kind: "event.astray", id: String(id) })]);
    await house.db.$executeRaw`DELETE FROM security_events WHERE id = ${id}::bigint`;
    await house.db
      .$executeRaw`UPDATE security_events SET id = ${id}::bigint WHERE id = (SELECT min(id) FROM security_events)`;
    expect(await found()).toMatchObject([{ kind: "event.astray" }, { kind: "events.missing", seal: "1" }]);
  });

  test.each([2n ** 53n + 1n, highest])("not under %s, which nobody has been given yet", async (id) => {
    await house.db.securityEvent.create({ data: { ...here(), id } });
    expect(await found()).toEqual([expect.objectContaining({ kind: "event.astray", id: String(id) })]);
    await happens(1);
    const { made, astray } = await sealEvents(house.ctx);
    expect({ made: made.length, astray }).toEqual({ made: 1, astray: id });
    await happens(1);
    expect((await sealEvents(house.ctx)).made).toHaveLength(1); // and it strands nobody
    expect(await found()).toEqual([expect.objectContaining({ kind: "event.astray", id: String(id) })]);
  });

  test.each(["infinity", "-infinity", "200000-01-01", "4000-01-01 BC"])("not at %s", async (moment) => {
    await happens(1);
    await setMoment(await idOf(-1), moment);
    expect(await found()).toMatchObject([{ kind: "event.changed" }]);
    await happens(1);
    expect(await sealEvents(house.ctx)).toMatchObject({ unsound: [await idOf(-2)], made: [{ events: 2 }] });
    await setMoment(await idOf(1), moment);
    expect(await found()).toMatchObject([{ kind: "event.changed" }, { kind: "event.changed" }]);
  });
});

test("a short look reads what came last, and what is under no number, and leaves the rest to the long one", async () => {
  await threeStretches();
  await happens(1);
  expect(await verified({ lately: 5 })).toMatchObject({ isSound: true, events: 5, seals: 1, waiting: 1 });
  expect(await verified({ lately: 100 })).toMatchObject({ isSound: true, events: 13, seals: 3 });
  const edit = (id: bigint, ip: string) => house.db.securityEvent.update({ where: { id }, data: { ip } });
  await edit(await idOf(0), "192.0.2.9");
  expect(await found({ lately: 5 })).toEqual([]);
  await edit(await idOf(9), "192.0.2.9");
  await house.db.securityEvent.create({ data: { ...here(), id: -7n } });
  await house.db.eventSeal.update({ where: { number: 2n }, data: { unsigned: 1 } });
  const kinds = (await found({ lately: 5 })).map(({ kind }) => kind);
  expect(kinds).toEqual(["event.astray", "seal.changed", "event.changed"]);
});

describe("where everything was swept", () => {
  beforeEach(sweptHouse);

  test("what waits for the sweeper is sound, and nothing else is", async () => {
    expect(await verified()).toMatchObject({ isSound: true, events: 15 });
    const id = await idOf(3);
    const { name, mac } = await house.db.securityEvent.findUniqueOrThrow({ where: { id } });
    await house.db.securityEvent.update({ where: { id }, data: { name: "factor.removed" } });
    expect(await found()).toMatchObject([{ kind: "event.changed", id: String(id) }]);
    await house.db.securityEvent.update({ where: { id }, data: { name, mac: null } });
    expect(await found()).toMatchObject([{ kind: "event.unsigned", id: String(id) }]);
    await house.db.securityEvent.update({ where: { id }, data: { mac } });
    expect(await found()).toEqual([]);
  });

  test("an event that was inserted is found, old or young, before and after the sweep", async () => {
    for (const isSwept of [false, true]) {
      if (isSwept) await sweep(house.ctx);
      const id = (await idOf(0)) - 1n;
      for (const data of [here(), at("2030-01-01"), at("2101-01-01")]) {
        await house.db.securityEvent.create({ data: { ...data, id } });
        expect(await found()).toMatchObject([{ id: String(id) }]);
        await house.db.securityEvent.delete({ where: { id } });
      }
    }
  });

  test("a record that ends there was cut off", async () => {
    await house.db.eventSeal.deleteMany({ where: { sweptMac: null } });
    await house.db.securityEvent.deleteMany();
    expect(await found()).toMatchObject([{ kind: "beginning.forged", seal: "3" }, { kind: "beginning.missing" }]);
    await happens(1);
    expect(await sealEvents(house.ctx)).toMatchObject({ made: [], forged: 3n });
  });

  test("seals of a record that was set back, brought back by hand, do not hide what came since", async () => {
    const [seals, remembered] = [
      await house.db.eventSeal.findMany(),
      { number: 2n, mac: "of today", at: later(house.ctx.now, hours(1)) },
    ];
    await house.db.eventSeal.deleteMany();
    await house.db.eventSeal.createMany({ data: seals });
    expect(await found({ remembered: [remembered] })).toEqual([{ kind: "newest.missing", seal: "2" }]);
    const second = seals.find(({ number }) => number === 2n);
    const noted = { number: 2n, mac: second?.mac ?? "" };
    expect(
      await found({
        remembered: [
          { ...noted, at: null },
          { ...noted, at: second?.madeAt ?? null },
        ],
      }),
    ).toEqual([]);
  });

  test("the portal puts nothing there and sweeps nothing there, where the numbers were set back", async () => {
    await sweep(house.ctx);
    await house.db.$executeRaw`SELECT setval('security_events_id_seq', 1)`;
    await happens(2);
    expect(await sealEvents(house.ctx)).toMatchObject({ made: [], setBack: 5n });
    expect((await sweep(house.ctx)).events).toBe(0);
    const kinds = (await found()).map(({ kind }) => kind);
    expect(kinds.toSorted()).toEqual(["event.astray", "event.astray", "numbers.set_back"]);
  });
});

describe("an event of no time does not stop the sweeping, nor hurry it:", () => {
  const lifted = async (moment: string) => {
    await happens(3);
    for (const place of [0, 1, 2]) await setMoment(await idOf(place), moment);
    await sealEvents(house.ctx);
    house.clock.move(days(200));
    await happens(1);
    await sealEvents(house.ctx);
    house.clock.move(days(199) + hours(23));
    const early = await sweptNow();
    house.clock.move(days(1) + hours(2));
    return { early, due: await sweptNow() };
  };
  async function sweptNow(): Promise<number> {
    await happens(1);
    await sealEvents(house.ctx);
    house.clock.move(days(1));
    await releaseOldEvents(house.ctx, days(401));
    return (await sweep(house.ctx)).events;
  }

  test.each(["2100-01-01", "infinity", "2000-01-01"])("%s", async (moment) => {
    expect(await lifted(moment)).toEqual({ early: 0, due: 3 });
  });
});
