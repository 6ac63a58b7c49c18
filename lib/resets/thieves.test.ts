import { describe, expect, test } from "vitest";
import { prepareAnswer } from "@/lib/challenge/prepare-answer";
import { readChallenge } from "@/lib/challenge/read-challenge";
import { days, minutes } from "@/lib/kernel/duration";
import { allCodes, readChoosing } from "@/lib/resets/choosing";
import { openReset } from "@/lib/resets/open-reset";
import { setNewPassword } from "@/lib/resets/set-new-password";
import { endAllOthers } from "@/lib/sessions/end-by-owner";
import { lastCode, lettersOf, sendingSettings } from "@/lib/testing/letters";
import { begunReset, forget, resetTokens } from "@/lib/testing/resets";
import { answer } from "@/lib/testing/second-door";
import { knock, openHouse, refused, wrongCode } from "@/lib/testing/story";
import { makePerson, openSessionFor, withAddress, withRecoveryCodes, withTotp } from "@/lib/testing/test-context";

const house = openHouse(sendingSettings);
const next = "nine slow ferries to nowhere";

describe("a thief with the mailbox", () => {
  test("gets nowhere with a code that comes to the same mailbox: the letter leads to the operator", async () => {
    const person = await makePerson(house.ctx);
    await withAddress(house.ctx, person, "email", person.email);
    await forget(house, person.email);
    expect((await lettersOf(house.ctx, person.userId)).map(({ kind }) => kind)).toEqual(["reset.operator"]);
    expect(await house.db.oneTimeLink.count({ where: { userId: person.userId } })).toBe(0);
  });

  test("is offered no code by e-mail beside an app, and none is taken", async () => {
    const person = await makePerson(house.ctx);
    await withAddress(house.ctx, person, "email", person.email);
    await withTotp(house.ctx, person);
    const { pass } = await begunReset(house, person);
    expect(await readChallenge(house.ctx, pass)).toMatchObject({ options: ["totp"] });
    expect(await refused(answer(house.stranger(), pass, "email", "12345678"))).toBe("email.wrong_code");
    const sending = { pass, kind: "email", factorId: null, sessionId: null } as const;
    expect(await refused(prepareAnswer(house.stranger(), sending))).toBe("post.nothing_sent");
  });

  test("of an administrator without a factor is sent to the operator; so is anybody of whom one is demanded", async () => {
    const admin = await makePerson(house.ctx, { isAdmin: true });
    const person = await makePerson(house.ctx);
    await house.db.user.update({ where: { id: person.userId }, data: { policy: { demand: "on" } } });
    for (const one of [admin, person]) {
      await forget(house, one.email);
      expect((await lettersOf(house.ctx, one.userId)).map(({ kind }) => kind)).toEqual(["reset.operator"]);
    }
    await house.db.user.update({ where: { id: admin.userId }, data: { isAdmin: false } });
  });

  test("whose link is older than the demand reads the same at the button, and the link is not used up by it", async () => {
    const person = await makePerson(house.ctx);
    await forget(house, person.email);
    const [token = ""] = await resetTokens(house.ctx, person.userId);
    const demand = (policy: object) => house.db.user.update({ where: { id: person.userId }, data: { policy } });
    await demand({ demand: "on" });
    for (let press = 0; press < 4; press += 1)
      expect(await refused(openReset(house.stranger(), { token, deviceToken: null }))).toBe("reset.by_operator");
    await demand({ demand: "off" });
    expect(await openReset(house.stranger(), { token, deviceToken: null })).toMatchObject({ next: "choose" });
  });

  test("who hoards links loses all of them when the owner uses one; ending the thief's session costs the owner none", async () => {
    const person = await makePerson(house.ctx);
    const app = await withTotp(house.ctx, person);
    const { actor } = await openSessionFor(house.ctx, person);
    for (let letter = 0; letter < 5; letter += 1) await forget(house, person.email);
    const [owners = "", ...thiefs] = await resetTokens(house.ctx, person.userId);
    await endAllOthers(house.ctx, actor);
    const { pass } = await openReset(house.stranger(), { token: owners, deviceToken: null });
    await answer(house.stranger(), pass, "totp", app.codeAt(house.ctx.now));
    for (const token of thiefs)
      expect(await refused(openReset(house.stranger(), { token, deviceToken: null }))).toBe("setup.link_over");
    await setNewPassword(house.stranger(), { pass, password: next, remove: [] });
    expect(thiefs).toHaveLength(4);
  });

  test("who presses the owner's link and types wrong codes leaves it good: the owner's press is the third", async () => {
    const person = await makePerson(house.ctx);
    const app = await withTotp(house.ctx, person);
    await forget(house, person.email);
    const [token = ""] = await resetTokens(house.ctx, person.userId);
    for (let press = 0; press < 2; press += 1) {
      const thiefs = await openReset(house.stranger(), { token, deviceToken: null });
      await refused(answer(house.stranger(), thiefs.pass, "totp", wrongCode(app.secret, house.ctx.now)));
    }
    const { pass } = await openReset(house.stranger(), { token, deviceToken: null });
    await answer(house.stranger(), pass, "totp", app.codeAt(house.ctx.now));
    expect(await setNewPassword(house.stranger(), { pass, password: next, remove: [] })).toEqual({
      userId: person.userId,
    });
  });

  test("who comes to the owner's browser after the reset finds no factor left over: one login claims it, once", async () => {
    const person = { ...(await makePerson(house.ctx)), password: next };
    const app = await withTotp(house.ctx, person);
    const { pass } = await begunReset(house, person);
    await answer(house.stranger(), pass, "totp", app.codeAt(house.ctx.now));
    await setNewPassword(house.stranger(), { pass, password: next, remove: [] });
    expect(await knock(house.stranger(), person, { pass })).toMatchObject({ next: "claim" });
    expect(await knock(house.stranger(), person, { pass })).toMatchObject({ next: "answer" });
  });

  test("cannot use a link for another account, nor a challenge of a reset as a login", async () => {
    const [owner, thief] = [await makePerson(house.ctx), await makePerson(house.ctx)];
    const app = await withTotp(house.ctx, thief);
    await withTotp(house.ctx, owner);
    const { pass } = await begunReset(house, owner);
    expect(await refused(answer(house.stranger(), pass, "totp", app.codeAt(house.ctx.now)))).toBe("totp.wrong_code");
    expect(await refused(setNewPassword(house.stranger(), { pass, password: next, remove: [] }))).toBe(
      "challenge.expired",
    );
    expect(await knock(house.stranger(), thief, { pass })).toMatchObject({ next: "answer" });
  });
});

describe("a thief with the mailbox and the number", () => {
  test("is in, as with a password and the number; the owner is told at every address, and cannot be stripped of an app", async () => {
    const person = await makePerson(house.ctx);
    const app = await withTotp(house.ctx, person);
    await withAddress(house.ctx, person, "sms", "+12025550147");
    const { pass } = await begunReset(house, person);
    await prepareAnswer(house.stranger(), { pass, kind: "sms", factorId: null, sessionId: null });
    await answer(house.stranger(), pass, "sms", await lastCode(house.ctx, person.userId));
    expect((await readChoosing(house.ctx, pass))?.recent.map(({ kind }) => kind)).toEqual(["sms"]);
    await setNewPassword(house.stranger(), { pass, password: next, remove: [app.factorId] });
    expect(await house.db.factor.count({ where: { id: app.factorId, state: "ACTIVE" } })).toBe(1);
    const told = (await lettersOf(house.ctx, person.userId)).filter(({ kind }) => kind === "password.reset");
    expect(told.map(({ channel }) => channel).sort()).toEqual(["mail", "sms"]);
  });
});

describe("an owner after a thief", () => {
  test("sees what was bound within thirty days, and removes what they tick, codes and all", async () => {
    const person = await makePerson(house.ctx);
    const own = await withTotp(house.ctx, person, "Old phone");
    house.clock.move(days(31));
    const thiefs = await withTotp(house.ctx, person, "Phone of the thief");
    const { pass } = await begunReset(house, person);
    await answer(house.stranger(), pass, "totp", own.codeAt(house.ctx.now));
    expect((await readChoosing(house.ctx, pass))?.recent.map(({ label }) => label)).toEqual(["Phone of the thief"]);
    await setNewPassword(house.stranger(), { pass, password: next, remove: [thiefs.factorId, own.factorId] });
    const left = await house.db.factor.findMany({ where: { userId: person.userId, state: "ACTIVE" } });
    expect(left.map(({ id }) => id)).toEqual([own.factorId]);
    expect((await lettersOf(house.ctx, person.userId)).map(({ kind }) => kind)).toContain("factor.removed");
  });

  test("makes void the codes that a thief made inside, with a proof of the strongest kind only", async () => {
    const person = await makePerson(house.ctx);
    const own = await withTotp(house.ctx, person);
    await withAddress(house.ctx, person, "sms", "+12025550148");
    const codes = () => house.db.recoveryCode.count({ where: { userId: person.userId } });
    const [thiefs = ""] = await withRecoveryCodes(house.ctx, person);
    const byNumber = await begunReset(house, person);
    const sending = { pass: byNumber.pass, kind: "sms", factorId: null, sessionId: null } as const;
    await prepareAnswer(house.stranger(), sending);
    await answer(house.stranger(), byNumber.pass, "sms", await lastCode(house.ctx, person.userId));
    expect((await readChoosing(house.ctx, byNumber.pass))?.codes).toBeNull();
    await setNewPassword(house.stranger(), { pass: byNumber.pass, password: next, remove: [allCodes] });
    expect(await codes()).toBe(10);
    house.clock.move(minutes(1));
    const { pass } = await begunReset(house, person);
    await answer(house.stranger(), pass, "totp", own.codeAt(house.ctx.now));
    expect((await readChoosing(house.ctx, pass))?.codes).not.toBeNull();
    await setNewPassword(house.stranger(), { pass, password: next, remove: [allCodes] });
    expect(await codes()).toBe(0);
    const again = await begunReset(house, person);
    expect(await refused(answer(house.stranger(), again.pass, "recovery", thiefs))).toBe("recovery.wrong_code");
  });

  test("forgets the password, has lost the phone, has paper: in within two minutes, told of everything", async () => {
    const person = { ...(await makePerson(house.ctx)), password: next };
    const app = await withTotp(house.ctx, person);
    const [code = ""] = await withRecoveryCodes(house.ctx, person);
    const { pass } = await begunReset(house, person);
    await answer(house.stranger(), pass, "recovery", code);
    await setNewPassword(house.stranger(), { pass, password: next, remove: [app.factorId] });
    house.clock.move(minutes(2));
    expect(await knock(house.stranger(), person, { pass })).toMatchObject({ next: "claim" });
    const kinds = (await lettersOf(house.ctx, person.userId)).map(({ kind }) => kind);
    expect(kinds).toEqual(expect.arrayContaining(["reset.link", "recovery.used", "password.reset", "factor.removed"]));
  });
});

test("two hundred times fifty presses are for the script; here fifty at once: three open, and one sets the password", async () => {
  const person = await makePerson(house.ctx);
  const app = await withTotp(house.ctx, person);
  await forget(house, person.email);
  const [token = ""] = await resetTokens(house.ctx, person.userId);
  const presses = Array.from({ length: 50 }, () => openReset(house.stranger(), { token, deviceToken: null }));
  const opened = (await Promise.allSettled(presses)).flatMap((one) => (one.status === "fulfilled" ? [one.value] : []));
  expect(opened).toHaveLength(3);
  const code = app.codeAt(house.ctx.now);
  const tries = opened.flatMap(({ pass }) =>
    Array.from({ length: 5 }, () => answer(house.stranger(), pass, "totp", code)),
  );
  const right = (await Promise.allSettled(tries)).filter(({ status }) => status === "fulfilled");
  expect(right).toHaveLength(1);
  const sets = opened.flatMap(({ pass }) =>
    Array.from({ length: 5 }, () => setNewPassword(house.stranger(), { pass, password: next, remove: [] })),
  );
  expect((await Promise.allSettled(sets)).filter(({ status }) => status === "fulfilled")).toHaveLength(1);
});
