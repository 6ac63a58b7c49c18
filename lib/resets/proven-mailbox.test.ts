import { describe, expect, test } from "vitest";
import { lockAccount } from "@/lib/account/lock-account";
import { minutes } from "@/lib/kernel/duration";
import { changeEmail } from "@/lib/operator/change-email";
import { openReset } from "@/lib/resets/open-reset";
import { answerResetByApp, resetByApp } from "@/lib/resets/reset-by-app";
import { setNewPassword } from "@/lib/resets/set-new-password";
import { lastCode, sendingSettings } from "@/lib/testing/letters";
import { begunReset, forget, resetTokens } from "@/lib/testing/resets";
import { answer } from "@/lib/testing/second-door";
import { eventNames, knock, openHouse, refused } from "@/lib/testing/story";
import { makePerson, openSessionFor, type TestPerson, withRecoveryCodes, withTotp } from "@/lib/testing/test-context";

const house = openHouse(sendingSettings);
const next = "nine slow ferries to nowhere";
const app = "an-app";

/** Somebody whose login e-mail an operator typed, and nobody has ever used a link or code there. */
async function typedByOperator(): Promise<TestPerson> {
  const person = await makePerson(house.ctx);
  await house.db.user.update({ where: { id: person.userId }, data: { emailConfirmedAt: null } });
  return person;
}

const confirmedAt = async ({ userId }: TestPerson) =>
  (await house.db.user.findUniqueOrThrow({ where: { id: userId } })).emailConfirmedAt;

describe("a forgotten password", () => {
  test("proves its mailbox when the new one is set, not before", async () => {
    const person = await typedByOperator();
    const { pass } = await begunReset(house, person);
    expect(await confirmedAt(person)).toBeNull();
    await setNewPassword(house.stranger(), { pass, password: next, remove: [] });
    expect(await confirmedAt(person)).toEqual(house.ctx.now);
    expect(
      (await eventNames(house.ctx, person.userId)).filter((name) => name === "account.email_confirmed"),
    ).toHaveLength(1);
  });

  test("proves it behind a second factor too; whoever has only the mailbox, and cannot answer, proves nothing", async () => {
    const person = await typedByOperator();
    const phone = await withTotp(house.ctx, person);
    const { pass } = await begunReset(house, person);
    expect(await refused(setNewPassword(house.stranger(), { pass, password: next, remove: [] }))).toBe(
      "challenge.expired",
    );
    expect(await confirmedAt(person)).toBeNull();
    await answer(house.stranger(), pass, "totp", phone.codeAt(house.ctx.now));
    await setNewPassword(house.stranger(), { pass, password: next, remove: [] });
    expect(await confirmedAt(person)).toEqual(house.ctx.now);
  });

  test.each([[false], [true]])(
    "proves it through an app, by the code of its letter; a factor bound: %s",
    async (isBound) => {
      const person = await typedByOperator();
      const phone = isBound ? await withTotp(house.ctx, person) : null;
      await forget(house, person.email, null, app);
      const code = await lastCode(house.ctx, person.userId);
      const { pass, isSet } = await resetByApp(house.stranger(), { email: person.email, code, password: next, app });
      expect(isSet).toBe(!isBound);
      if (phone !== null)
        await answerResetByApp(house.stranger(), { pass, kind: "totp", answer: { code: phone.codeAt(house.ctx.now) } });
      expect(await confirmedAt(person)).toEqual(house.ctx.now);
    },
  );

  test("keeps the day on which the mailbox was proven first", async () => {
    const person = await makePerson(house.ctx);
    const before = await confirmedAt(person);
    house.clock.move(minutes(1));
    const { pass } = await begunReset(house, person);
    await setNewPassword(house.stranger(), { pass, password: next, remove: [] });
    expect(await confirmedAt(person)).toEqual(before);
  });

  test("whose letter went to an address that an operator has replaced since sets nothing, and proves the new one to nobody", async () => {
    const person = await typedByOperator();
    const opened = await begunReset(house, person);
    await forget(house, person.email);
    const [, unopened = ""] = await resetTokens(house.ctx, person.userId);
    await changeEmail(house.ctx, { userId: person.userId, typed: `moved-${person.email}`, by: "cli" });
    expect(await refused(setNewPassword(house.stranger(), { pass: opened.pass, password: next, remove: [] }))).toBe(
      "challenge.expired",
    );
    expect(await refused(openReset(house.stranger(), { token: unopened, deviceToken: null }))).toBe("setup.link_over");
    expect(await confirmedAt(person)).toBeNull();
  });
});

test("the old password, an app and a recovery code replace a closed password without a letter: no mailbox is proven by it", async () => {
  const person = await typedByOperator();
  const phone = await withTotp(house.ctx, person);
  const [code = ""] = await withRecoveryCodes(house.ctx, person);
  house.clock.move(minutes(1));
  await lockAccount(house.ctx, (await openSessionFor(house.ctx, person)).actor);
  const { pass } = await knock(house.stranger(), person);
  await answer(house.stranger(), pass, "totp", phone.codeAt(house.ctx.now));
  await answer(house.stranger(), pass, "recovery", code);
  await setNewPassword(house.stranger(), { pass, password: next, remove: [] });
  expect(await knock(house.stranger(), { ...person, password: next }, { pass })).toMatchObject({ next: "claim" });
  expect(await confirmedAt(person)).toBeNull();
});
