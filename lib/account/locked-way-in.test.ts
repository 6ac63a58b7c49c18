import { describe, expect, test } from "vitest";
import { sayEvent } from "@/lib/account/activity/sentences";
import { lockAccount } from "@/lib/account/lock-account";
import { findWayIn } from "@/lib/account/way-back";
import { closedPassword } from "@/lib/challenge/challenge";
import { readChallenge } from "@/lib/challenge/read-challenge";
import { whyOver } from "@/lib/challenge/why-over";
import { minutes } from "@/lib/kernel/duration";
import { setNewPassword } from "@/lib/resets/set-new-password";
import { lettersOf, sendingSettings } from "@/lib/testing/letters";
import { begunReset } from "@/lib/testing/resets";
import { answer } from "@/lib/testing/second-door";
import { knock, openHouse, refused } from "@/lib/testing/story";
import { makePerson, openSessionFor, type TestPerson, withRecoveryCodes, withTotp } from "@/lib/testing/test-context";
import { setSettings } from "@/lib/testing/test-settings";

const house = openHouse(sendingSettings);
const next = "nine slow ferries to nowhere";
const withoutMail = { ...sendingSettings, MAIL_CHANNEL: "off", SECOND_FACTOR_KINDS: "totp" };

async function lock({ userId }: TestPerson) {
  house.clock.move(minutes(1)); // what the account has is older than the lock
  const { actor } = await openSessionFor(house.ctx, { userId });
  const said = await findWayIn(house.ctx, userId);
  await lockAccount(house.ctx, actor);
  return said;
}

const begunOf = async ({ userId }: TestPerson) =>
  (await house.db.securityEvent.findFirstOrThrow({ where: { subjectId: userId, name: "reset.begun" } })).meta;

describe("the page before the lock says whether the old password leads on", () => {
  test("with an app and recovery codes it does, and without mail that is all but a link", async () => {
    setSettings(withoutMail);
    const person = await makePerson(house.ctx);
    await withTotp(house.ctx, person);
    await withRecoveryCodes(house.ctx, person);
    expect(await lock(person)).toEqual({ way: "administrators", old: "yes" });
    expect((await knock(house.stranger(), person)).next).toBe("answer");
  });

  test("with mail a letter leads to a new one as well", async () => {
    setSettings(sendingSettings);
    const person = await makePerson(house.ctx);
    await withTotp(house.ctx, person);
    await withRecoveryCodes(house.ctx, person);
    expect(await lock(person)).toEqual({ way: "letter", old: "yes" });
  });

  test.each([
    ["without a second factor", async () => undefined],
    ["without recovery codes", async (person: TestPerson) => void (await withTotp(house.ctx, person))],
    ["with a closed app", closedApp],
  ])("%s it does not", async (_, equip) => {
    setSettings(withoutMail);
    const person = await makePerson(house.ctx);
    await equip(person);
    expect(await lock(person)).toEqual({ way: "administrators", old: "no" });
  });

  test("nor where it was taken away before", async () => {
    setSettings(withoutMail);
    const person = await makePerson(house.ctx);
    await withTotp(house.ctx, person);
    await withRecoveryCodes(house.ctx, person);
    await house.db.user.update({ where: { id: person.userId }, data: { passwordHash: null, closedPassword: null } });
    expect((await findWayIn(house.ctx, person.userId)).old).toBe("no");
    expect(await refused(knock(house.stranger(), person))).toBe("login.wrong");
  });
});

async function closedApp(person: TestPerson): Promise<void> {
  await withTotp(house.ctx, person);
  await withRecoveryCodes(house.ctx, person);
  const [windowStart, updatedAt] = [house.clock.now(), house.clock.now()];
  await house.db.bucket.create({
    data: { key: `factor.totp:${person.userId}`, fails: 0, orphans: 90, windowStart, updatedAt },
  });
}

describe("a new password that the old one has begun", () => {
  test("is told as that, by the page, by the activity and by the letter: nobody has opened one", async () => {
    setSettings(sendingSettings);
    const person = await makePerson(house.ctx);
    const phone = await withTotp(house.ctx, person);
    const [code = ""] = await withRecoveryCodes(house.ctx, person);
    await lock(person);
    const { pass } = await knock(house.stranger(), person);
    expect(await readChallenge(house.ctx, pass)).toMatchObject({ purpose: "RESET", reason: closedPassword });
    expect(await whyOver(house.ctx, { pass, sessionId: null })).toMatchObject({ isByPassword: true });
    const { why } = await meaningOf(person);
    for (const language of ["en", "zh"] as const)
      expect(sayEvent(language, "reset.begun", { kind: "", why, count: 0 })).not.toMatch(/letter|邮件/);
    await answer(house.stranger(), pass, "totp", phone.codeAt(house.ctx.now));
    await answer(house.stranger(), pass, "recovery", code);
    await setNewPassword(house.stranger(), { pass, password: next, remove: [] });
    const told = (await lettersOf(house.ctx, person.userId)).filter(({ kind }) => kind === "password.reset");
    expect(told.map(({ facts }) => facts)).toMatchObject([{ by: "old_password" }]);
  });

  test("and one that a letter has begun as that", async () => {
    setSettings(sendingSettings);
    const person = await makePerson(house.ctx);
    const { pass } = await begunReset(house, person);
    expect(await whyOver(house.ctx, { pass, sessionId: null })).toMatchObject({ isByPassword: false });
    const { why } = await meaningOf(person);
    expect(sayEvent("en", "reset.begun", { kind: "", why, count: 0 })).toContain("letter");
    await setNewPassword(house.stranger(), { pass, password: next, remove: [] });
    const told = (await lettersOf(house.ctx, person.userId)).filter(({ kind }) => kind === "password.reset");
    expect(told.map(({ facts }) => facts)).not.toMatchObject([{ by: "old_password" }]);
  });
});

/** What the event of a begun reset gives to its sentence. */
async function meaningOf(person: TestPerson): Promise<{ readonly why: string }> {
  const meta = await begunOf(person);
  return { why: typeof meta === "object" && meta !== null && "why" in meta ? String(meta.why) : "" };
}
