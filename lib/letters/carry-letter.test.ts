import { beforeEach, describe, expect, test } from "vitest";
import type { Outcome } from "@/lib/delivery/channel";
import { days, hours, later, minutes, seconds } from "@/lib/kernel/duration";
import { carryLetter, giveUpOverdue } from "@/lib/letters/carry-letter";
import { aCode, aNotice, bothChannels, carryAll } from "@/lib/letters/letters.kit";
import { queueLetters } from "@/lib/letters/queue-letters";
import { markSent, takeLetters } from "@/lib/letters/store";
import { letterKinds } from "@/lib/notices/letter-kinds";
import { sortingOffice } from "@/lib/testing/letters/sorting-office";
import { aloud, openHouse } from "@/lib/testing/story";
import { makePerson } from "@/lib/testing/test-context";

const house = openHouse(bothChannels);
beforeEach(() => house.db.$executeRaw`TRUNCATE letters`);

const busy: Outcome = { kind: "later", reason: "421 busy" };
const rows = () => house.db.letter.findMany({ orderBy: { seq: "asc" } });
const only = async () => {
  const [row] = await rows();
  if (!row) throw new Error("There is no letter.");
  return row;
};
const parkedEvents = (subjectId: string) =>
  house.db.securityEvent.findMany({ where: { name: "letter.parked", subjectId } });

describe("a letter that leaves", () => {
  test("says what it should, to whom it should, under its own key, and is wiped", async () => {
    const { userId } = await makePerson(house.ctx);
    await queueLetters(house.ctx, [aCode("482913", { userId }), aNotice(3, { userId })]);
    const ids = (await rows()).map(({ id }) => id);
    const office = sortingOffice();
    expect(await carryAll(house.ctx, office.ways)).toBe(2);
    const [code, notice] = office.arrived;
    expect(code).toMatchObject({ to: "+447400123456", key: ids[0], text: expect.stringContaining("482913") });
    expect(notice).toMatchObject({ to: "ada@example.test", key: ids[1], text: expect.stringContaining("3 are left") });
    const gone = {
      destination: null,
      content: null,
      lease: null,
      lastFault: null,
      parkedAt: null,
      sentAt: house.ctx.now,
    };
    expect(await rows()).toMatchObject([gone, gone]);
    expect(await carryAll(house.ctx, office.ways)).toBe(0);
  });

  test("codes overtake notices, and nothing leaves before its time", async () => {
    const { userId } = await makePerson(house.ctx);
    const waits = { notBefore: later(house.ctx.now, hours(1)) };
    await queueLetters(house.ctx, [
      aNotice(1, { userId, ...waits }),
      aNotice(2, { userId: null }),
      aCode("333333", { userId, channel: "mail", to: "ada@example.test" }),
      aNotice(3, { userId }),
    ]);
    const taken = await takeLetters(house.ctx, { lease: "a", room: { mail: 5, sms: 5 } });
    expect(taken.map(({ urgent }) => urgent)).toEqual([true, false, false]);
    house.clock.move(hours(1));
    expect(await takeLetters(house.ctx, { lease: "b", room: { mail: 5, sms: 5 } })).toHaveLength(3);
    house.clock.move(-hours(1));
  });
});

describe("a letter that does not get through", () => {
  test("is tried eight times, then parked: an event, a line for the alarm, and its content for a week", async () => {
    const { userId } = await makePerson(house.ctx);
    await queueLetters(house.ctx, [aNotice(3, { userId })]);
    const office = sortingOffice(() => busy);
    for (let tries = 1; tries <= 8; tries += 1) {
      expect(await carryAll(aloud(house.ctx), office.ways)).toBe(1);
      expect(await only()).toMatchObject({
        tries,
        lastFault: "421 busy",
        parkedAt: tries === 8 ? house.ctx.now : null,
      });
      house.clock.move(hours(3));
    }
    expect(new Set(office.arrived.map(({ key }) => key)).size).toBe(1);
    expect((await only()).content).not.toBeNull();
    const meta = { kind: "recovery.used", channel: "mail", tries: 8, fault: "421 busy" };
    expect(await parkedEvents(userId)).toMatchObject([{ result: "failed", actorId: null, meta }]);
    const alarms = house.logged().filter((line) => line.includes('"level":"alarm"'));
    expect(alarms).toHaveLength(1);
    expect(alarms[0]).not.toContain("ada@example.test");
    expect(await carryAll(house.ctx, office.ways)).toBe(0);
  });

  test("a code is wiped when it is given up", async () => {
    const { userId } = await makePerson(house.ctx);
    await queueLetters(house.ctx, [aCode("482913", { userId, expiresAt: later(house.ctx.now, days(1)) })]);
    const office = sortingOffice(() => busy);
    for (let tries = 1; tries <= 8; tries += 1) {
      await carryAll(house.ctx, office.ways);
      house.clock.move(hours(3));
    }
    expect(await only()).toMatchObject({ tries: 8, content: null, destination: null, parkedAt: expect.any(Date) });
  });

  test("refused for good, it is parked at the first try; a notice can still be sent, for the refusal may be about us", async () => {
    const { userId } = await makePerson(house.ctx);
    await queueLetters(house.ctx, [aNotice(3, { userId })]);
    await carryAll(house.ctx, sortingOffice(() => ({ kind: "never", reason: "550 no such user" })).ways);
    const parked = await only();
    expect(parked).toMatchObject({ tries: 1, parkedAt: expect.any(Date), lastFault: "550 no such user" });
    expect(parked.content).not.toBeNull();
    expect(await parkedEvents(userId)).toHaveLength(1);
  });

  test("waits as long as the provider asks", async () => {
    const { userId } = await makePerson(house.ctx);
    await queueLetters(house.ctx, [aNotice(3, { userId })]);
    const office = sortingOffice(() => ({ ...busy, retryAfter: minutes(10) }));
    await carryAll(house.ctx, office.ways);
    expect((await only()).notBefore).toEqual(later(house.ctx.now, minutes(10)));
    house.clock.move(minutes(9));
    expect(await carryAll(house.ctx, office.ways)).toBe(0);
  });

  test("while the provider rests, letters keep their tries and their place", async () => {
    const { userId } = await makePerson(house.ctx);
    await queueLetters(house.ctx, [aNotice(3, { userId })]);
    const resting = sortingOffice(() => ({ ...busy, untried: true, retryAfter: seconds(20) }));
    const [row] = await takeLetters(house.ctx, { lease: "a", room: { mail: 1, sms: 0 } });
    if (!row) throw new Error("There is no letter.");
    const carried = await carryLetter({ context: () => house.ctx, ways: resting.ways, kinds: letterKinds }, row);
    expect(carried).toEqual({ channel: "mail", rest: seconds(20) });
    expect(await only()).toMatchObject({ tries: 0, lease: null, lastFault: null, notBefore: row.createdAt });
  });

  test("when nobody wants it any more, it is given up and wiped without a try", async () => {
    const { userId } = await makePerson(house.ctx);
    await queueLetters(house.ctx, [aCode("482913", { userId, expiresAt: later(house.ctx.now, minutes(5)) })]);
    const office = sortingOffice();
    house.clock.move(minutes(5));
    expect(await carryAll(house.ctx, office.ways)).toBe(0);
    await giveUpOverdue(house.ctx);
    expect(await only()).toMatchObject({ tries: 0, content: null, destination: null, lastFault: "too late" });
    expect(await parkedEvents(userId)).toMatchObject([{ meta: { fault: "too late", tries: 0 } }]);
    expect(office.arrived).toEqual([]);
  });
});

describe("a damaged letter", () => {
  const damages = {
    "a content that no key opens": { content: "v1.one.AAAA.BBBB.CCCC" },
    "a content that is no seal": { content: "plain words" },
    "no content": { content: null },
    "a destination of another letter": { destination: "of another" },
    "a language nobody speaks here": { language: "xx" },
  } as const;
  test.each(Object.entries(damages))("with %s is parked and holds up nobody", async (_, damage) => {
    const { userId } = await makePerson(house.ctx);
    await queueLetters(house.ctx, [aNotice(1, { userId }), aNotice(2, { userId }), aNotice(3, { userId: null })]);
    const [first, second] = await rows();
    const destination = second?.destination ?? null;
    const data = "destination" in damage ? { destination } : damage;
    await house.db.letter.update({ where: { id: first?.id ?? "" }, data });
    const office = sortingOffice();
    expect(await carryAll(house.ctx, office.ways)).toBe(3);
    expect(office.arrived.map(({ key }) => key)).not.toContain(first?.id);
    expect(office.arrived).toHaveLength(2);
    expect((await rows())[0]).toMatchObject({
      content: null,
      destination: null,
      lastFault: expect.stringContaining("damaged"),
    });
    expect(await parkedEvents(userId)).toHaveLength(1);
  });
});

describe("a letter of another version of the portal", () => {
  const foreign = {
    "of a kind that is unknown here": { kind: "factor.praised" },
    "with facts that its text does not have here": { kind: "code.login" },
  } as const;
  test.each(Object.entries(foreign))("%s waits for a portal that knows it, and holds up nobody", async (_, change) => {
    const { userId } = await makePerson(house.ctx);
    await queueLetters(house.ctx, [aNotice(1, { userId }), aNotice(2, { userId: null })]);
    const [first] = await rows();
    if (!first) throw new Error("There is no letter.");
    const { id, kind } = first;
    await house.db.letter.update({ where: { id }, data: change });
    const office = sortingOffice();
    await carryAll(house.ctx, office.ways);
    expect(office.arrived.map(({ key }) => key)).not.toContain(id);
    expect(office.arrived).toHaveLength(1);
    expect((await rows())[0]).toMatchObject({
      tries: 1,
      lastFault: expect.stringContaining("no text for such a letter"),
    });
    expect(await parkedEvents(userId)).toEqual([]);
    await house.db.letter.update({ where: { id }, data: { kind } });
    house.clock.move(seconds(5));
    await carryAll(house.ctx, office.ways);
    expect(office.arrived.map(({ key }) => key)).toContain(id);
  });

  test.each(Object.entries(foreign))(
    "%s is parked after some minutes, and may be sent after all",
    async (_, change) => {
      const { userId } = await makePerson(house.ctx);
      await queueLetters(house.ctx, [aNotice(1, { userId }), aNotice(2, { userId })]);
      const [first] = await rows();
      await house.db.letter.update({ where: { id: first?.id ?? "" }, data: change });
      const office = sortingOffice();
      for (const wait of [seconds(0), seconds(5), seconds(15), minutes(1), minutes(5)]) {
        house.clock.move(wait);
        await carryAll(house.ctx, office.ways);
      }
      expect((await rows())[0]).toMatchObject({ parkedAt: house.ctx.now, content: expect.any(String) });
      expect(await parkedEvents(userId)).toHaveLength(1);
      await carryAll(house.ctx, office.ways);
      expect(office.arrived).toHaveLength(1);
    },
  );
});

describe("a worker that dies with a letter in its hands", () => {
  test("loses it when the lease is over: it is carried again, under the same key, and his late word does not count", async () => {
    const { userId } = await makePerson(house.ctx);
    await queueLetters(house.ctx, [aNotice(3, { userId })]);
    const [dead] = await takeLetters(house.ctx, { lease: "dead", room: { mail: 5, sms: 5 } });
    house.clock.move(seconds(29));
    expect(await takeLetters(house.ctx, { lease: "eager", room: { mail: 5, sms: 5 } })).toEqual([]);
    house.clock.move(seconds(1));
    const office = sortingOffice();
    const [again] = await takeLetters(house.ctx, { lease: "next", room: { mail: 5, sms: 5 } });
    expect(again).toMatchObject({ id: dead?.id, tries: 2 });
    expect(await markSent(house.ctx, { id: dead?.id ?? "", lease: "dead" })).toBe(false);
    if (again) await carryLetter({ context: () => house.ctx, ways: office.ways, kinds: letterKinds }, again);
    expect(office.arrived.map(({ key }) => key)).toEqual([dead?.id]);
    expect((await only()).sentAt).toEqual(house.ctx.now);
  });

  test("eight times is enough: the letter that nobody survives is parked", async () => {
    const { userId } = await makePerson(house.ctx);
    await queueLetters(house.ctx, [aNotice(3, { userId })]);
    for (let tries = 1; tries <= 8; tries += 1) {
      expect(await takeLetters(house.ctx, { lease: `dead ${tries}`, room: { mail: 1, sms: 0 } })).toHaveLength(1);
      house.clock.move(seconds(30));
    }
    const office = sortingOffice();
    await carryAll(house.ctx, office.ways);
    expect(office.arrived).toEqual([]);
    expect(await only()).toMatchObject({
      parkedAt: house.ctx.now,
      lastFault: expect.stringContaining("ended each time"),
    });
  });
});
