import { expect, test } from "vitest";
import { sealEvents } from "@/lib/audit/seals/seal-events";
import { soundHouse } from "@/lib/doctor/doctor.kit";
import { ago } from "@/lib/doctor/planted/planted.kit";
import { carryAll } from "@/lib/letters/letters.kit";
import { askForChange } from "@/lib/pending/ask-for-change";
import { beginWaits } from "@/lib/pending/begin-waits";
import { doDue } from "@/lib/pending/do-due";
import { strictly } from "@/lib/pending/pending.kit";
import { readFigures } from "@/lib/serve/metrics/read-figures";
import { sortingOffice } from "@/lib/testing/letters/sorting-office";
import { makePerson, openSessionFor, withTotp } from "@/lib/testing/test-context";

const house = soundHouse();

/** So many hours ago, with mail off and an administrator besides, somebody's only factor was to be removed. */
async function askedUntold(hoursAgo: number) {
  house.set({ MAIL_CHANNEL: "off", SECOND_FACTOR_KINDS: "totp" });
  const ctx = { ...house.ctx(), now: ago(hoursAgo) };
  const person = await makePerson(ctx);
  const { factorId } = await withTotp(ctx, person);
  const { actor } = await openSessionFor(ctx, person);
  await askForChange(ctx, actor, "factor.remove", { factorIds: [factorId] });
  await beginWaits(ctx, strictly);
}

async function found() {
  await sealEvents(house.ctx());
  return (await house.look()).map(({ id }) => id).sort();
}

const figures = async () => {
  const { letters, changesUntold } = await readFigures(house.ctx(), null);
  return { letters, changesUntold };
};

test("while mail is off a letter that waits for it is not late; what it tells is found as long as it can be stopped", async () => {
  await askedUntold(1 / 3);
  expect(await found()).toEqual(["changes.untold", "mail.off"]);
  expect(await figures()).toEqual({ letters: [], changesUntold: 1 });
  house.set({});
  await carryAll(house.ctx(), sortingOffice().ways);
  expect(await found()).toEqual([]);
  expect((await figures()).changesUntold).toBe(0);
});

test("and once it was done, by the doctor, until the letter has left; nothing pages any more", async () => {
  await askedUntold(73);
  await doDue(house.ctx(), strictly);
  expect(await found()).toEqual(["changes.done_untold", "mail.off"]);
  expect(await figures()).toEqual({ letters: [], changesUntold: 0 });
  house.set({});
  await carryAll(house.ctx(), sortingOffice().ways);
  expect(await found()).toEqual([]);
});
