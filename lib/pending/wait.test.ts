import { afterEach, describe, expect, test } from "vitest";
import { days, hours, later, minutes } from "@/lib/kernel/duration";
import { say } from "@/lib/messages/say";
import { askForChange } from "@/lib/pending/ask-for-change";
import { askToRemove, carry, changesOf, lastChange, look, someone } from "@/lib/pending/pending.kit";
import { lettersOf, sendingSettings } from "@/lib/testing/letters";
import { sortingOffice } from "@/lib/testing/letters/sorting-office";
import { openHouse } from "@/lib/testing/story";
import { makePerson, openSessionFor } from "@/lib/testing/test-context";
import { setSettings } from "@/lib/testing/test-settings";
import { withAddress } from "@/lib/testing/with-address";
import { countUntold } from "@/lib/waiting/untold/store";

const house = openHouse(sendingSettings);
afterEach(() => setSettings(sendingSettings));

describe("the wait", () => {
  test("counts from the moment at which the first letter is seen to have left, and not a millisecond less is enough", async () => {
    const ada = await someone(house);
    expect(await askToRemove(house, ada)).toEqual({ done: false, hours: 24, dueAt: null });
    house.clock.move(hours(2));
    await look(house);
    expect(await lastChange(house, ada.person.userId)).toMatchObject({ state: "WAITING", dueAt: null });
    await carry(house);
    house.clock.move(minutes(1));
    await look(house);
    const dueAt = later(house.ctx.now, hours(24));
    expect(await lastChange(house, ada.person.userId)).toMatchObject({ toldAt: house.ctx.now, dueAt });
    house.clock.move(hours(24) - 1);
    await look(house);
    expect(await lastChange(house, ada.person.userId)).toMatchObject({ state: "WAITING" });
    house.clock.move(1);
    await look(house);
    expect(await lastChange(house, ada.person.userId)).toMatchObject({ state: "DONE", data: null });
    expect(await house.db.factor.count({ where: { userId: ada.person.userId } })).toBe(0);
    expect(await house.db.session.count({ where: { userId: ada.person.userId } })).toBe(0);
  });

  test("begins with an address that was confirmed a week ago, never with a thief's own of yesterday", async () => {
    const ada = await someone(house);
    const { userId } = ada.person;
    const old = await withAddress(house.ctx, userId, "sms", "+12025550101");
    await house.db.factor.update({
      where: { id: old.factorId },
      data: { confirmedAt: later(house.ctx.now, days(-8)) },
    });
    await withAddress(house.ctx, userId, "email", "thief@example.test");
    await askToRemove(house, ada);
    const office = sortingOffice(({ to }) =>
      to.startsWith("+") ? { kind: "later", reason: "421 busy" } : { kind: "sent" },
    );
    await carry(house, office);
    const told = ["+12025550101", ada.person.email, "thief@example.test"];
    expect(office.arrived.map(({ to }) => to)).toEqual(expect.arrayContaining(told));
    await look(house);
    expect(await lastChange(house, userId)).toMatchObject({ dueAt: null });
    house.clock.move(hours(4));
    await carry(house);
    await look(house);
    expect(await lastChange(house, userId)).toMatchObject({ dueAt: later(house.ctx.now, hours(24)) });
  });

  const untold = { state: "WAITING", waitHours: 72 } as const;
  const reportsTo = async (userId: string) =>
    (await lettersOf(house.ctx, userId)).filter(({ kind }) => kind === "change.untold");

  test("is three days long where every letter was given up, and the administrators are told", async () => {
    const grace = await makePerson(house.ctx, { isAdmin: true });
    const ada = await someone(house);
    await askToRemove(house, ada);
    await carry(
      house,
      sortingOffice(() => ({ kind: "never", reason: "550 no such mailbox" })),
    );
    await look(house);
    expect(await lastChange(house, ada.person.userId)).toMatchObject({
      ...untold,
      dueAt: later(house.ctx.now, hours(72)),
    });
    const facts = { who: ada.person.email, change: "factor.remove", hours: 72 };
    expect((await reportsTo(grace.userId)).at(-1)?.facts).toMatchObject(facts);
  });

  test("is three days long while no channel is on, of all of it; the administrators are told once mail is back, in words that hold then", async () => {
    const grace = await makePerson(house.ctx, { isAdmin: true });
    const ada = await someone(house);
    setSettings({ ...sendingSettings, MAIL_CHANNEL: "off", SMS_CHANNEL: "off", SECOND_FACTOR_KINDS: "totp" });
    const before = await countUntold(house.ctx);
    const dueAt = later(house.ctx.now, hours(72));
    await askToRemove(house, ada);
    await look(house);
    expect(await house.db.letter.count({ where: { userId: ada.person.userId } })).toBe(0);
    expect(await lastChange(house, ada.person.userId)).toMatchObject({ ...untold, dueAt });
    expect(await countUntold(house.ctx)).toBe(before + 1);
    house.clock.move(days(20));
    await look(house);
    expect(await lastChange(house, ada.person.userId)).toMatchObject({ state: "DONE" });
    expect(await countUntold(house.ctx)).toBe(0);
    setSettings(sendingSettings);
    const office = sortingOffice();
    await carry(house, office);
    const told = office.arrived.filter(({ to }) => to === grace.email);
    expect(told).toHaveLength(1);
    expect(told[0]?.text).toContain(`It waits until ${say("en", "letters.moment_label", { at: dueAt })}: until then`);
    expect(told[0]?.text).not.toMatch(/will be done|\bhours\b/);
  });

  test("is loud of a change that nobody was told of until an administrator's letter has left", async () => {
    await makePerson(house.ctx, { isAdmin: true });
    const ada = await someone(house);
    const before = await countUntold(house.ctx);
    await askToRemove(house, ada);
    await carry(
      house,
      sortingOffice(() => ({ kind: "never", reason: "550 no such mailbox" })),
    );
    await look(house);
    expect(await countUntold(house.ctx)).toBe(before + 1);
    await carry(house);
    expect(await countUntold(house.ctx)).toBe(before);
    expect(await lastChange(house, ada.person.userId)).toMatchObject({ state: "WAITING" });
  });

  test("goes on while mail waits to be sent, and nothing is done meanwhile", async () => {
    const ada = await someone(house);
    await askToRemove(house, ada);
    house.clock.move(days(2));
    await look(house);
    expect(await lastChange(house, ada.person.userId)).toMatchObject({ state: "WAITING", dueAt: null });
  });

  test("of a deletion is seven days, told or not", async () => {
    const ada = await someone(house);
    expect(await askForChange(house.ctx, ada.actor, "account.delete", {})).toMatchObject({ hours: 168 });
    await carry(house);
    await look(house);
    expect(await lastChange(house, ada.person.userId)).toMatchObject({ dueAt: later(house.ctx.now, days(7)) });
  });

  test("asked for twice in one session is one change and one letter; another of its kind comes in its place", async () => {
    const ada = await someone(house);
    await askToRemove(house, ada);
    await askToRemove(house, ada);
    expect((await changesOf(house, ada.person.userId)).map(({ state }) => state)).toEqual(["WAITING"]);
    house.clock.move(minutes(1));
    const { actor } = await openSessionFor(house.ctx, ada.person);
    await askToRemove(house, { ...ada, actor });
    expect((await changesOf(house, ada.person.userId)).map(({ state }) => state)).toEqual(["SUPERSEDED", "WAITING"]);
  });
});
