import { describe, expect, test } from "vitest";
import { claimLogin } from "@/lib/challenge/claim-login";
import { readChallenge } from "@/lib/challenge/read-challenge";
import { minutes } from "@/lib/kernel/duration";
import { inviteAgain } from "@/lib/operator/invite-person";
import { readChoosing } from "@/lib/resets/choosing";
import { readReset } from "@/lib/resets/live-reset";
import { openReset } from "@/lib/resets/open-reset";
import { setNewPassword } from "@/lib/resets/set-new-password";
import { lettersOf, sendingSettings } from "@/lib/testing/letters";
import { begunReset, forget, lookUp, resetTokens } from "@/lib/testing/resets";
import { answer } from "@/lib/testing/second-door";
import { eventNames, knock, openHouse, refused, wrongCode } from "@/lib/testing/story";
import { makePerson, openSessionFor, withAddress, withRecoveryCodes, withTotp } from "@/lib/testing/test-context";

const house = openHouse(sendingSettings);
const next = "nine slow ferries to nowhere";
const choose = (pass: Parameters<typeof setNewPassword>[1]["pass"], remove: readonly string[] = []) =>
  setNewPassword(house.stranger(), { pass, password: next, remove });

describe("the letter", () => {
  test("is the same row for everybody; only the outbox worker looks who it is, and a letter without an account simply ends", async () => {
    const known = await makePerson(house.ctx);
    const disabled = await makePerson(house.ctx);
    await house.db.user.update({ where: { id: disabled.userId }, data: { disabledAt: house.ctx.now } });
    const neverIn = await makePerson(house.ctx);
    const nothing = { passwordHash: null, passwordChangedAt: null, lastLoginAt: null };
    await house.db.user.update({ where: { id: neverIn.userId }, data: nothing });
    const people = [known, disabled, neverIn];
    for (const name of [...people.map(({ email }) => email), "nobody@example.test"]) {
      const before = await house.db.letter.count();
      await forget(house, name);
      const [row] = await house.db.letter.findMany({
        where: { kind: "reset.asked" },
        orderBy: { seq: "desc" },
        take: 1,
      });
      expect(row).toMatchObject({ userId: null, channel: "mail", urgent: true, content: null, destination: null });
      expect((await house.db.letter.count()) - before).toBe(name === known.email ? 2 : 1);
    }
    expect(await eventNames(house.ctx, known.userId)).toEqual(["reset.letter_sent"]);
    for (const { userId } of [disabled, neverIn]) expect(await lettersOf(house.ctx, userId)).toEqual([]);
  });

  test("goes to the login e-mail only, in its reader's language, whichever name was typed", async () => {
    const person = await makePerson(house.ctx, { username: "grace" });
    await withAddress(house.ctx, person, "email", "elsewhere@example.test");
    await house.db.user.update({ where: { id: person.userId }, data: { language: "zh" } });
    await withTotp(house.ctx, person);
    await forget(house, "GRACE");
    expect(await lettersOf(house.ctx, person.userId)).toMatchObject([
      { kind: "reset.link", to: person.email, language: "zh" },
    ]);
  });

  test("a thief who asks all day gets five an hour; the owner's known device has two more, which nobody else can use up", async () => {
    const person = await makePerson(house.ctx);
    const { deviceToken } = await openSessionFor(house.ctx, person);
    for (let n = 0; n < 7; n += 1) await forget(house, person.email);
    expect(await resetTokens(house.ctx, person.userId)).toHaveLength(5);
    for (let n = 0; n < 3; n += 1) await forget(house, person.email, deviceToken);
    expect(await resetTokens(house.ctx, person.userId)).toHaveLength(7);
  });

  test("of seven links the newest five open; using one voids all", async () => {
    const person = await makePerson(house.ctx);
    const { deviceToken } = await openSessionFor(house.ctx, person);
    for (let n = 0; n < 7; n += 1) await forget(house, person.email, deviceToken);
    const tokens = await resetTokens(house.ctx, person.userId);
    const states = async () => Promise.all(tokens.map(async (token) => (await readReset(house.ctx, token)).state));
    expect(await states()).toEqual(["expired", "expired", ...Array(5).fill("open")]);
    await openReset(house.stranger(), { token: tokens[3] ?? "", deviceToken: null });
    expect(await states()).toEqual(["expired", "expired", "expired", "used", "expired", "expired", "expired"]);
  });
});

describe("the link", () => {
  test("opened by a scanner, however often, spends nothing; late, it opens nothing", async () => {
    const person = await makePerson(house.ctx);
    await forget(house, person.email);
    const [token = ""] = await resetTokens(house.ctx, person.userId);
    for (let look = 0; look < 5; look += 1)
      expect(await readReset(house.ctx, token)).toEqual({ state: "open", email: person.email });
    for (const foreign of [undefined, "", "rst_", `rst_${"A".repeat(43)}`, `inv_${token.slice(4)}`])
      expect(await readReset(house.ctx, foreign)).toEqual({ state: "void" });
    house.clock.move(minutes(30));
    expect(await readReset(house.ctx, token)).toEqual({ state: "expired" });
    expect(await refused(openReset(house.stranger(), { token, deviceToken: null }))).toBe("setup.link_over");
  });

  test("dies with the password and with the address under which it was made, not with the security stamp", async () => {
    const person = await makePerson(house.ctx);
    await forget(house, person.email);
    const [token = ""] = await resetTokens(house.ctx, person.userId);
    const state = async () => (await readReset(house.ctx, token)).state;
    const set = (data: object) => house.db.user.update({ where: { id: person.userId }, data });
    await set({ credentialVersion: { increment: 1 } });
    expect(await state()).toBe("open");
    await set({ email: "moved@example.test" });
    expect(await state()).toBe("void");
    await set({ email: person.email, passwordChangedAt: new Date(house.ctx.now.getTime() + 1) });
    expect(await state()).toBe("void");
    expect(await refused(openReset(house.stranger(), { token, deviceToken: null }))).toBe("setup.link_over");
  });

  test("five typos cost no link: three challenges come from it, then it is over", async () => {
    const person = await makePerson(house.ctx);
    const app = await withTotp(house.ctx, person);
    const first = await begunReset(house, person);
    for (let typo = 0; typo < 5; typo += 1)
      await refused(answer(house.stranger(), first.pass, "totp", wrongCode(app.secret, house.ctx.now)));
    expect(await refused(answer(house.stranger(), first.pass, "totp", app.codeAt(house.ctx.now)))).toBe(
      "challenge.expired",
    );
    const second = await openReset(house.stranger(), { token: first.token, deviceToken: null });
    const third = await openReset(house.stranger(), { token: first.token, deviceToken: null });
    expect(await readReset(house.ctx, first.token)).toEqual({ state: "tried" });
    expect(await refused(openReset(house.stranger(), { token: first.token, deviceToken: null }))).toBe(
      "setup.link_over",
    );
    await answer(house.stranger(), second.pass, "totp", app.codeAt(house.ctx.now));
    expect(await readReset(house.ctx, first.token)).toEqual({ state: "used" });
    house.clock.move(minutes(1));
    expect(await refused(answer(house.stranger(), third.pass, "totp", app.codeAt(house.ctx.now)))).toBe(
      "challenge.expired",
    );
  });
});

describe("the new password", () => {
  test("comes after the second factor, ends every session, device and link, and no session comes from it", async () => {
    const person = await makePerson(house.ctx);
    const app = await withTotp(house.ctx, person);
    await openSessionFor(house.ctx, person);
    const { pass, token, next: step } = await begunReset(house, person);
    expect(step).toBe("answer");
    expect(await refused(choose(pass))).toBe("challenge.expired");
    expect(await readChallenge(house.ctx, pass)).toMatchObject({ purpose: "RESET", options: ["totp"] });
    expect(await answer(house.stranger(), pass, "totp", app.codeAt(house.ctx.now))).toMatchObject({ purpose: "RESET" });
    expect(await claimLogin(house.stranger(), pass)).toBeNull();
    await choose(pass);
    const { userId } = person;
    for (const table of [house.db.session, house.db.device] as const)
      expect(await (table as typeof house.db.session).count({ where: { userId } })).toBe(0);
    expect(await refused(choose(pass))).toBe("challenge.expired");
    expect(await readReset(house.ctx, token)).toEqual({ state: "used" });
    expect(await refused(knock(house.stranger(), person))).toBe("login.wrong");
    expect((await lettersOf(house.ctx, userId)).map(({ kind }) => kind)).toContain("password.reset");
  });

  test("changes nothing of policy, factors and recovery codes", async () => {
    const person = await makePerson(house.ctx);
    const app = await withTotp(house.ctx, person);
    await withAddress(house.ctx, person, "sms", "+12025550149");
    await withRecoveryCodes(house.ctx, person);
    const where = { userId: person.userId };
    const demand = { demand: "on", kinds: ["totp", "sms"], count: 1 };
    await house.db.user.update({ where: { id: person.userId }, data: { policy: demand } });
    const kept = async () => ({
      account: await house.db.user.findUnique({
        where: { id: person.userId },
        select: { policy: true, email: true, phone: true, username: true, isAdmin: true },
      }),
      factors: await house.db.factor.findMany({
        where,
        orderBy: { id: "asc" },
        omit: { lastStep: true, lastUsedAt: true }, // of the app that answers
      }),
      codes: await house.db.recoveryCode.findMany({ where, orderBy: { id: "asc" } }),
    });
    const before = await kept();
    expect([before.account?.policy, before.factors.length, before.codes.length]).toEqual([demand, 2, 10]);
    const { pass } = await begunReset(house, person);
    await answer(house.stranger(), pass, "totp", app.codeAt(house.ctx.now));
    await choose(pass);
    expect(await kept()).toEqual(before);
  });

  test("the login that follows in this browser claims the factor once, within ten minutes; every other one is asked", async () => {
    const person = { ...(await makePerson(house.ctx)), password: next };
    const app = await withTotp(house.ctx, person);
    const { pass } = await begunReset(house, person);
    await answer(house.stranger(), pass, "totp", app.codeAt(house.ctx.now));
    await choose(pass);
    expect(await knock(house.stranger(), person)).toMatchObject({ next: "answer" });
    const started = await knock(house.stranger(), person, { pass });
    expect(started.next).toBe("claim");
    expect(await claimLogin(house.stranger(), started.pass)).toMatchObject({ userId: person.userId });
    expect(await house.db.session.findFirst({ where: { userId: person.userId } })).toMatchObject({
      amr: ["pwd", "otp"],
      provenWith: "totp",
      aal: 2,
    });
    expect(await knock(house.stranger(), person, { pass })).toMatchObject({ next: "answer" });
  });

  test("ten minutes later the login asks for the second factor again, and an unset password is not set any more", async () => {
    const person = { ...(await makePerson(house.ctx)), password: next };
    const app = await withTotp(house.ctx, person);
    const first = await begunReset(house, person);
    await answer(house.stranger(), first.pass, "totp", app.codeAt(house.ctx.now));
    house.clock.move(minutes(10));
    expect(await refused(choose(first.pass))).toBe("challenge.expired");
    const second = await begunReset(house, person);
    await answer(house.stranger(), second.pass, "totp", app.codeAt(house.ctx.now));
    await choose(second.pass);
    house.clock.move(minutes(10));
    expect(await knock(house.stranger(), person, { pass: second.pass })).toMatchObject({ next: "answer" });
  });

  test("somebody without a factor has the mailbox alone, as everywhere", async () => {
    const person = await makePerson(house.ctx);
    const { pass, next: step } = await begunReset(house, person);
    expect(step).toBe("choose");
    expect(await refused(setNewPassword(house.stranger(), { pass, password: "short", remove: [] }))).toBe(
      "password.too_short",
    );
    await choose(pass);
    expect(await knock(house.stranger(), { ...person, password: next }, { pass })).toMatchObject({ next: "claim" });
  });

  test("an invitation that the operator printed meanwhile is void, and the counters start anew", async () => {
    const person = await makePerson(house.ctx);
    await inviteAgain(house.ctx, { userId: person.userId, by: "cli" });
    for (let guess = 0; guess < 5; guess += 1) await refused(knock(house.stranger(), person, { password: "no" }));
    const { pass } = await begunReset(house, person);
    await choose(pass);
    expect(await knock(house.stranger(), { ...person, password: next })).toMatchObject({ next: "claim" });
    const open = { userId: person.userId, spentAt: null, expiresAt: { gt: house.ctx.now } };
    expect(await house.db.oneTimeLink.count({ where: open })).toBe(0);
  });

  test("a recovery code is a second factor of a reset, and its replacement is shown", async () => {
    const person = await makePerson(house.ctx);
    await withTotp(house.ctx, person);
    const [code = ""] = await withRecoveryCodes(house.ctx, person);
    const { pass } = await begunReset(house, person);
    const answered = await answer(house.stranger(), pass, "recovery", code);
    expect(answered.reveal?.codes).toHaveLength(1);
    expect(await readChoosing(house.ctx, pass)).toMatchObject({ provenWith: "recovery", recent: [{ kind: "totp" }] });
  });
});

test("an order that is damaged is given up, and holds nobody up", async () => {
  const person = await makePerson(house.ctx);
  await forget(house, person.email);
  await house.db.letter.deleteMany({ where: { kind: "reset.asked" } });
  const { askForReset } = await import("@/lib/resets/ask-for-reset");
  await askForReset(house.stranger(), { identifier: person.email, deviceToken: null, app: null });
  await house.db.letter.updateMany({ where: { kind: "reset.asked" }, data: { content: "v1.k1.a.b.c" } });
  await lookUp(house);
  expect(await house.db.letter.findFirst({ where: { kind: "reset.asked" } })).toMatchObject({
    sentAt: null,
    content: null,
  });
});
