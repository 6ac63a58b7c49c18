import { beforeEach, describe, expect, test } from "vitest";
import { minutes, seconds } from "@/lib/kernel/duration";
import type { NewLetter } from "@/lib/letters/letter";
import { aCode, aNotice, bothChannels, carryAll } from "@/lib/letters/letters.kit";
import { queueLetters } from "@/lib/letters/queue-letters";
import { type CarriedRow, markSent, postponeLetter, takeLetters } from "@/lib/letters/store";
import { sortingOffice } from "@/lib/testing/letters/sorting-office";
import { openHouse } from "@/lib/testing/story";
import { makePerson } from "@/lib/testing/test-context";

const house = openHouse(bothChannels);
beforeEach(() => house.db.$executeRaw`TRUNCATE letters`);

const anyRoom = { mail: 5, sms: 5 };
const take = (lease: string, room = anyRoom): Promise<CarriedRow[]> => takeLetters(house.ctx, { lease, room });
const write = (...letters: NewLetter[]) => queueLetters(house.ctx, letters);

async function takeOne(lease: string): Promise<CarriedRow> {
  const [row, ...more] = await take(lease);
  if (!row || more.length > 0) throw new Error(`${more.length} letters too many, or none.`);
  return row;
}

const postpone = (row: CarriedRow, wait = minutes(1)) =>
  postponeLetter(house.ctx, { ...row, until: new Date(house.ctx.now.getTime() + wait), fault: "busy" });

describe("in a queue", () => {
  test("one letter is under way at a time, in the order in which they were written", async () => {
    const { userId } = await makePerson(house.ctx);
    await write(aNotice(1, { userId }), aNotice(2, { userId }), aNotice(3, { userId }));
    const order: string[] = [];
    for (let place = 0; place < 3; place += 1) {
      const row = await takeOne(`lease ${place}`);
      expect(await take("impatient")).toEqual([]);
      order.push(row.id);
      await markSent(house.ctx, row);
    }
    expect(order).toEqual(await inOrder());
  });

  test("the order is that of the moments, whatever numbers the database gave them", async () => {
    const { userId } = await makePerson(house.ctx);
    await write(aNotice(1, { userId }));
    house.clock.move(seconds(1));
    await write(aNotice(2, { userId }));
    const [first, second] = await inOrder();
    await house.db.$executeRaw`UPDATE letters SET seq = seq - 1000 WHERE id = ${second}`; // as from another connection's hundred
    const row = await takeOne("a");
    expect(row.id).toBe(first);
    await markSent(house.ctx, row);
    expect((await takeOne("b")).id).toBe(second);
  });

  test("whoever began earlier and wrote later waits for the letter that is under way", async () => {
    const { userId } = await makePerson(house.ctx);
    const slow = { ...house.ctx, now: house.ctx.now };
    house.clock.move(seconds(1));
    await write(aNotice(1, { userId }));
    const row = await takeOne("a");
    await queueLetters(slow, [aNotice(2, { userId })]);
    expect(await take("impatient")).toEqual([]);
    await markSent(house.ctx, row);
    expect((await takeOne("b")).createdAt).toEqual(slow.now);
  });

  test("an earlier letter that waits for its next try holds up later ones to the same address, and no others", async () => {
    const { userId } = await makePerson(house.ctx);
    await write(aNotice(1, { userId, to: "dead@example.test" }), aNotice(2, { userId, to: "dead@example.test" }));
    await write(aNotice(3, { userId, to: "live@example.test" }));
    await postpone(await takeOne("a"));
    const live = await takeOne("b");
    expect(live).toMatchObject({ tries: 1, id: (await inOrder())[2] });
    await markSent(house.ctx, live);
    expect(await take("c")).toEqual([]);
    house.clock.move(minutes(1));
    const first = await takeOne("d");
    expect(first.id).toBe((await inOrder())[0]);
    await markSent(house.ctx, first);
    expect((await takeOne("e")).id).toBe((await inOrder())[1]);
  });

  test("one that must not leave yet holds up nobody before its time", async () => {
    const { userId } = await makePerson(house.ctx);
    await write(
      aNotice(1, { userId, notBefore: new Date(house.ctx.now.getTime() + minutes(1)) }),
      aNotice(2, { userId }),
    );
    expect((await takeOne("a")).id).toBe((await inOrder())[1]);
  });

  test("a new code does not wait for the next try of an old one", async () => {
    const { userId } = await makePerson(house.ctx);
    await write(aCode("111111", { userId }));
    await postpone(await takeOne("a"), minutes(4));
    await write(aCode("222222", { userId }));
    expect((await takeOne("b")).id).toBe((await inOrder())[1]);
  });

  test("people, channels and urgencies do not wait for each other", async () => {
    const [one, other] = [await makePerson(house.ctx), await makePerson(house.ctx)];
    for (const { userId } of [one, other]) {
      await write(aNotice(1, { userId }), aCode("111111", { userId }), aCode("222222", { userId, channel: "mail" }));
      await write(aNotice(2, { userId, channel: "sms", to: "+447400123456" }));
    }
    expect(await take("a")).toHaveLength(8);
  });
});

test("no more is taken than there is room for, in each channel", async () => {
  for (let count = 0; count < 6; count += 1) {
    await write(aNotice(count, { userId: null, to: `${count}@example.test` }));
    await write(aCode("111111", { userId: null, to: `+44740012345${count}` }));
  }
  const taken = await take("a", { mail: 2, sms: 0 });
  expect(taken.map(({ channel }) => channel)).toEqual(["mail", "mail"]);
  expect(await take("b", { mail: 0, sms: 3 })).toHaveLength(3);
  expect(await take("c", { mail: 9, sms: 9 })).toHaveLength(7);
});

test("30 rounds of ten takers at once: nobody carries what another carries, and no two letters of one queue", async () => {
  for (let round = 0; round < 30; round += 1) {
    for (let person = 0; person < 4; person += 1) {
      const to = `${person}@example.test`;
      await write(aNotice(1, { userId: null, to }), aNotice(2, { userId: null, to }), aNotice(3, { userId: null, to }));
    }
    const taken = (await Promise.all(Array.from({ length: 10 }, (_, taker) => take(`${round} ${taker}`)))).flat();
    expect(new Set(taken.map(({ id }) => id)).size).toBe(taken.length);
    expect(taken).toHaveLength(4);
    for (const row of taken) expect(await markSent(house.ctx, row)).toBe(true);
    const rest = sortingOffice();
    expect(await carryAll(house.ctx, rest.ways)).toBe(8);
    house.clock.move(seconds(1));
  }
});

test("with 3 000 letters waiting for 300 people, the next ones are found at once", async () => {
  for (let round = 0; round < 30; round += 1) {
    await write(
      ...Array.from({ length: 100 }, (_, place) =>
        aNotice(1, { userId: null, to: `${(round * 100 + place) % 300}@example.test` }),
      ),
    );
  }
  const start = performance.now();
  expect(await take("a")).toHaveLength(5);
  expect(performance.now() - start).toBeLessThan(2_000); // some 40 ms; a look for each pair of letters would take minutes
});

const inOrder = async () =>
  (await house.db.letter.findMany({ orderBy: [{ createdAt: "asc" }, { seq: "asc" }], select: { id: true } })).map(
    ({ id }) => id,
  );
