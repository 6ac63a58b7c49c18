import { describe, expect, test } from "vitest";
import { alarmsOf, next } from "@/lib/account/alarm.kit";
import { claimLogin } from "@/lib/challenge/claim-login";
import { minutes } from "@/lib/kernel/duration";
import { inviteAgain } from "@/lib/operator/invite-person";
import { readChoosing } from "@/lib/resets/choosing";
import { openReset } from "@/lib/resets/open-reset";
import { setNewPassword } from "@/lib/resets/set-new-password";
import { sendingSettings } from "@/lib/testing/letters";
import { resetTokens } from "@/lib/testing/resets";
import { answer } from "@/lib/testing/second-door";
import { knock, openHouse, refused } from "@/lib/testing/story";
import { makePerson, withRecoveryCodes, withTotp } from "@/lib/testing/test-context";
import { setSettings } from "@/lib/testing/test-settings";
import { withAddress } from "@/lib/testing/with-address";

const house = openHouse(sendingSettings);
const { alarmFor, press } = alarmsOf(house);

describe("the way back after “this was not me”", () => {
  test("leads somebody without a second factor to a new password, by letter, and they are in again", async () => {
    const person = await makePerson(house.ctx);
    expect(await press(await alarmFor(person))).toEqual({ wayBack: "letter_alone" });
    const [token = ""] = await resetTokens(house.ctx, person.userId);
    const { pass } = await openReset(house.stranger(), { token, deviceToken: null });
    await setNewPassword(house.stranger(), { pass, password: next, remove: [] });
    expect(await knock(house.stranger(), { ...person, password: next })).toMatchObject({ next: "claim" });
    expect(await refused(knock(house.stranger(), person))).toBe("login.wrong");
  });

  test("a thief with the mailbox and a phone bound since cannot answer: only what was there before counts", async () => {
    const person = await makePerson(house.ctx);
    const own = await withTotp(house.ctx, person);
    house.clock.move(minutes(1));
    const token = await alarmFor(person);
    house.clock.move(minutes(1));
    const thiefs = await withTotp(house.ctx, person, "A thief's phone");
    expect(await press(token)).toEqual({ wayBack: "letter" });
    const [letter = ""] = await resetTokens(house.ctx, person.userId);
    const { pass } = await openReset(house.stranger(), { token: letter, deviceToken: null });
    const { now } = house.ctx;
    expect(await refused(answer(house.stranger(), pass, "totp", thiefs.codeAt(now)))).toBe("totp.wrong_code");
    await answer(house.stranger(), pass, "totp", own.codeAt(now));
    const choosing = await readChoosing(house.ctx, pass);
    expect(choosing?.recent.map(({ label, isSinceAlarm }) => [label, isSinceAlarm])).toEqual([
      ["A thief's phone", true],
      ["Phone", false],
    ]);
  });

  test("the old password, the strongest factor and a recovery code from before lead to a new password; with one missing it reads wrong", async () => {
    const person = await makePerson(house.ctx);
    const app = await withTotp(house.ctx, person);
    const [code = ""] = await withRecoveryCodes(house.ctx, person);
    house.clock.move(minutes(1));
    await press(await alarmFor(person));
    expect(await refused(knock(house.stranger(), person, { password: "no" }))).toBe("login.wrong");
    const { pass, next: step } = await knock(house.stranger(), person);
    expect(step).toBe("answer");
    expect(await claimLogin(house.ctx, pass)).toBeNull();
    expect(await refused(answer(house.stranger(), pass, "recovery", code))).toBe("recovery.wrong_code");
    expect(await answer(house.stranger(), pass, "totp", app.codeAt(house.ctx.now))).toMatchObject({ purpose: "HALF" });
    expect(await refused(setNewPassword(house.stranger(), { pass, password: next, remove: [] }))).toBe(
      "challenge.expired",
    );
    await answer(house.stranger(), pass, "recovery", code);
    await setNewPassword(house.stranger(), { pass, password: next, remove: [] });
    expect(await knock(house.stranger(), { ...person, password: next }, { pass })).toMatchObject({ next: "claim" });
    expect(await refused(knock(house.stranger(), person))).toBe("login.wrong");
  });

  test("a thief with the password and a phished code, without a code from paper, reads wrong; so does whoever has codes made since", async () => {
    const person = await makePerson(house.ctx);
    await withTotp(house.ctx, person);
    house.clock.move(minutes(1));
    const token = await alarmFor(person);
    house.clock.move(minutes(1));
    await withRecoveryCodes(house.ctx, person);
    await press(token);
    expect(await refused(knock(house.stranger(), person))).toBe("login.wrong");
  });

  test.each([
    ["an e-mail address", ["email"], "administrators"],
    ["two e-mail addresses", ["email", "email"], "administrators"],
    ["a number or an e-mail address", ["sms", "email"], "letter"],
  ] as const)("somebody whose second step can be %s: the mailbox is never both doors", async (_, kinds, wayBack) => {
    const person = await makePerson(house.ctx);
    for (const [place, kind] of kinds.entries())
      await withAddress(house.ctx, person.userId, kind, kind === "sms" ? "+447700900119" : `own${place}@example.test`);
    house.clock.move(minutes(1));
    expect(await press(await alarmFor(person))).toEqual({ wayBack });
    expect(await house.db.oneTimeLink.count({ where: { userId: person.userId, purpose: "invitation" } })).toBe(0);
    expect((await inviteAgain(house.ctx, { userId: person.userId, by: "cli" }))?.link).toContain("/welcome/");
  });

  test("while mail is off no letter is promised: an administrator gives the link", async () => {
    const person = await makePerson(house.ctx);
    const token = await alarmFor(person);
    setSettings({ ...sendingSettings, MAIL_CHANNEL: "off", SECOND_FACTOR_KINDS: "totp" });
    const contained = await press(token);
    setSettings(sendingSettings);
    expect(contained).toEqual({ wayBack: "administrators" });
  });

  test("nor while text messages are off: nothing is left that could be answered with", async () => {
    const person = await makePerson(house.ctx);
    await withAddress(house.ctx, person.userId, "sms", "+447700900112");
    house.clock.move(minutes(1));
    setSettings({ ...sendingSettings, SMS_ENABLED: "false" });
    const contained = await press(await alarmFor(person));
    setSettings({ ...sendingSettings, SMS_ENABLED: "true" });
    expect(contained).toEqual({ wayBack: "administrators" });
  });
});
