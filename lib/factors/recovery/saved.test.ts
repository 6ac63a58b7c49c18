import { describe, expect, test } from "vitest";
import { confirmSaved } from "@/lib/factors/confirm-saved";
import { handingOut } from "@/lib/factors/recovery/hand-out.kit";
import { findHeldCodes } from "@/lib/factors/recovery/store";
import { regenerateCodes } from "@/lib/factors/regenerate-codes";
import type { Showing } from "@/lib/factors/strategy";
import { ensure } from "@/lib/kernel/assert";
import { minutes } from "@/lib/kernel/duration";
import { answer } from "@/lib/testing/second-door";
import { knock, openHouse } from "@/lib/testing/story";
import { makePerson, type TestPerson, withRecoveryCodes, withTotp } from "@/lib/testing/test-context";

const house = openHouse();
const { actorOf, associate, begin, bound, confirm, recover } = handingOut(house);

const held = ({ userId }: TestPerson) => findHeldCodes(house.ctx, userId);
const unsaved = async (person: TestPerson) => (await held(person)).unsaved;
const saving = ({ userId }: TestPerson, shown: Showing | null, at = house.clock.now()) =>
  confirmSaved(house.ctx, { userId, showing: shown?.id ?? null, at });

/** Somebody with an app and ten codes that a page has just shown. */
async function hedy() {
  const person = await makePerson(house.ctx);
  await withTotp(house.ctx, person);
  const actor = await actorOf(person);
  const shown = await regenerateCodes(house.ctx, { actor });
  return { person, actor, shown, at: house.clock.now() };
}

/** A code of theirs opens a door of the pages, and they leave before what takes its place is saved. */
async function use(person: TestPerson, code: string | undefined): Promise<Showing> {
  const { reveal } = await recover(person, code ?? "");
  ensure(reveal, "the replacement is shown");
  return reveal;
}

describe("codes that a page has shown", () => {
  test("are unsaved since then, until their owner says otherwise", async () => {
    const { person, shown, at } = await hedy();
    expect(await held(person)).toEqual({ left: 10, since: at, unsaved: 10, unsavedSince: at });
    house.clock.move(minutes(20)); // the quarter of an hour in which they could be shown again is over: they were read all the same
    expect(await saving(person, shown, at)).toBe(true);
    expect(await held(person)).toEqual({ left: 10, since: at, unsaved: 0, unsavedSince: null });
    expect(await saving(person, shown, at)).toBe(true);
  });

  test("with a first factor too", async () => {
    const person = await makePerson(house.ctx);
    const actor = await actorOf(person);
    const { codes } = await confirm(actor, (await begin(actor)).secret);
    expect(await unsaved(person)).toBe(10);
    await saving(person, codes);
    expect(await unsaved(person)).toBe(0);
  });

  test("are not said to be saved by anybody else, nor by a word that names none of them", async () => {
    const { person, shown } = await hedy();
    const { person: ada } = await hedy();
    await saving(ada, shown);
    await saving(person, { ...shown, id: "another showing" });
    await saving(person, null);
    expect([await unsaved(person), await unsaved(ada)]).toEqual([10, 10]);
  });

  test("in place of older ones: whoever saved those has nothing, hears so, and the newer ones stay unsaved", async () => {
    const { person, actor, shown, at } = await hedy();
    house.clock.move(minutes(1));
    const newer = await regenerateCodes(house.ctx, { actor });
    expect(await saving(person, shown, at)).toBe(false);
    expect(await unsaved(person)).toBe(10);
    expect(await saving(person, newer)).toBe(true);
    expect(await unsaved(person)).toBe(0);
  });

  test("at the very moment in which the older ones are said to be saved are unsaved, whoever comes first", async () => {
    for (let time = 0; time < 5; time += 1) {
      const { person, actor, shown, at } = await hedy();
      await Promise.all([saving(person, shown, at), regenerateCodes(house.ctx, { actor })]);
      expect(await unsaved(person)).toBe(10);
    }
  });
});

describe("a code that is used", () => {
  test("shows that its owner has those that were shown with it; the one in its place is unsaved by itself", async () => {
    const { person, shown } = await hedy();
    house.clock.move(minutes(1));
    const other = await use(person, shown.codes[4]);
    expect(await held(person)).toMatchObject({ left: 10, unsaved: 1, unsavedSince: house.clock.now() });
    await saving(person, other);
    expect(await unsaved(person)).toBe(0);
  });

  test("shows nothing of another one's replacement that was lost; that one itself does", async () => {
    const person = await makePerson(house.ctx);
    await withTotp(house.ctx, person);
    const codes = await withRecoveryCodes(house.ctx, person);
    const lost = await use(person, codes[0]);
    await use(person, codes[1]);
    expect(await unsaved(person)).toBe(2);
    await use(person, lost.codes[0]);
    expect(await unsaved(person)).toBe(2); // the one of the second, and the one in the place of the lost one
  });

  test("and said to be saved with the others at once: neither waits for the other for ever", async () => {
    for (let time = 0; time < 5; time += 1) {
      const { person, shown, at } = await hedy();
      await Promise.all([saving(person, shown, at), use(person, shown.codes[9])]);
      expect(await unsaved(person)).toBe(1);
    }
  });
});

describe("what an app shows counts as saved at once", () => {
  test("the one that comes with a factor", async () => {
    const { person } = await bound();
    expect(await held(person)).toMatchObject({ left: 1, unsaved: 0 });
  });

  test("and the one in the place of a used one, of the portal's ten as well; used in the pages they are asked about", async () => {
    const { person, shown, actor } = await hedy();
    const { secret, code } = await associate(actor);
    await confirm(actor, secret);
    expect(await unsaved(person)).toBe(10);
    const app = { id: "shop-front", demands: false };
    for (const typed of [code, shown.codes[0] ?? ""]) {
      const { pass } = await knock(house.stranger(), person, { app });
      await answer(house.stranger(), pass, "recovery", typed);
    }
    expect(await held(person)).toMatchObject({ left: 11, unsaved: 0 });
    await use(person, shown.codes[1]);
    expect(await unsaved(person)).toBe(1);
  });
});

test("what an older portal makes beside this one counts as saved, as it always did", async () => {
  const { person } = await hedy();
  const { unsavedIn: _, ...row } = await house.db.recoveryCode.findFirstOrThrow({ where: { userId: person.userId } });
  await house.db.recoveryCode.deleteMany({ where: { userId: person.userId } });
  await house.db.recoveryCode.create({ data: row });
  expect(await held(person)).toMatchObject({ left: 1, unsaved: 0 });
});
