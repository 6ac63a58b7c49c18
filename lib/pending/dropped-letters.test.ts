import { beforeEach, expect, test } from "vitest";
import { lockAccount } from "@/lib/account/lock-account";
import { days } from "@/lib/kernel/duration";
import { askToRemove, carry, lastChange, look, type Someone, someone } from "@/lib/pending/pending.kit";
import { vetoByOperator } from "@/lib/pending/veto-change";
import { lettersOf, sendingSettings } from "@/lib/testing/letters";
import { sortingOffice } from "@/lib/testing/letters/sorting-office";
import { openHouse } from "@/lib/testing/story";
import { makePerson, openSessionFor } from "@/lib/testing/test-context";
import { setSettings } from "@/lib/testing/test-settings";
import { refuseAfterRestore } from "@/lib/waiting/refuse-after-restore";

const house = openHouse(sendingSettings);
beforeEach(() =>
  setSettings({ ...sendingSettings, MAIL_CHANNEL: "off", SMS_CHANNEL: "off", SECOND_FACTOR_KINDS: "totp" }),
);

const idOf = async ({ person }: Someone) => (await lastChange(house, person.userId))?.id ?? "";

/** How a change ends without being done. */
const ends: Readonly<Record<string, (owner: Someone) => Promise<unknown>>> = {
  "its owner locks the account": ({ actor }) => lockAccount(house.ctx, actor),
  "the operator stops it": async (owner) => vetoByOperator(house.ctx, await idOf(owner)),
  "another one of its kind takes its place": async ({ person, factorId }) =>
    askToRemove(house, { actor: (await openSessionFor(house.ctx, person)).actor, factorId }),
  "it is due, and not possible any more": async ({ person }) => {
    await house.db.user.update({ where: { id: person.userId }, data: { disabledAt: house.ctx.now } });
    house.clock.move(days(4));
    await look(house);
  },
  "the portal is set back": () => refuseAfterRestore(house.ctx),
};

test.each(Object.entries(ends))(
  "%s before mail is on: no administrator reads that it waits; of another account's of that moment they do",
  async (what, end) => {
    const administrator = await makePerson(house.ctx, { isAdmin: true });
    const [owner, other] = [await someone(house), await someone(house)];
    await askToRemove(house, owner);
    await askToRemove(house, other);
    await look(house);
    const of = (email: string) => expect.objectContaining({ facts: expect.objectContaining({ who: email }) });
    const reports = () => lettersOf(house.ctx, administrator.userId);
    expect(await reports()).toEqual(expect.arrayContaining([of(owner.person.email), of(other.person.email)]));
    await end(owner);
    expect(await reports()).not.toContainEqual(of(owner.person.email));
    if (what !== "the portal is set back") expect(await reports()).toContainEqual(of(other.person.email));
  },
);

test("one that was done is told all the same, once mail is on", async () => {
  const administrator = await makePerson(house.ctx, { isAdmin: true });
  const owner = await someone(house);
  await askToRemove(house, owner);
  await look(house);
  house.clock.move(days(4));
  await look(house);
  setSettings(sendingSettings);
  const office = sortingOffice();
  await carry(house, office);
  expect(office.arrived.filter(({ to }) => to === administrator.email)).toHaveLength(1);
});
