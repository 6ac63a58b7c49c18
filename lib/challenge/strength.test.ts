import { describe, expect, test } from "vitest";
import { claimLogin } from "@/lib/challenge/claim-login";
import { findOptions } from "@/lib/challenge/options";
import { prepareAnswer } from "@/lib/challenge/prepare-answer";
import { readChallenge } from "@/lib/challenge/read-challenge";
import { sha256 } from "@/lib/crypto/digest";
import { answerableOf, usableKinds } from "@/lib/factors/on-offer";
import { minutes } from "@/lib/kernel/duration";
import { changePolicy } from "@/lib/operator/change-policy";
import { isFresh } from "@/lib/sessions/session";
import { findLiveSession } from "@/lib/sessions/store";
import { lastCode } from "@/lib/testing/letters";
import { answer } from "@/lib/testing/second-door";
import { atSecondDoor, openHouse, refused } from "@/lib/testing/story";
import { makePerson, withAddress, withRecoveryCodes, withTotp } from "@/lib/testing/test-context";
import { mustProveAnew, mustStillEnrol } from "@/lib/web/guard";

const house = openHouse({
  SECOND_FACTOR: "everyone",
  DEV_TOOLS: "true",
  MAIL_CHANNEL: "mailbox",
  SMS_CHANNEL: "mailbox",
  SMS_COUNTRIES: "US",
  SECOND_FACTOR_KINDS: "totp,sms,email",
});

/** Somebody with an app, a number, an address and codes. `rule`: only what no false page can take is accepted of them from now on. */
async function before() {
  const person = await makePerson(house.ctx);
  const app = await withTotp(house.ctx, person);
  await withAddress(house.ctx, person, "sms", "+12025550123");
  await withAddress(house.ctx, person, "email", "ada@elsewhere.test");
  const codes = await withRecoveryCodes(house.ctx, person);
  const change = { strength: "phishing-resistant" } as const;
  const rule = () => changePolicy(house.ctx, { userId: person.userId, change, by: "cli" });
  return { ...person, app, codes, rule };
}

async function ada() {
  const person = await before();
  await person.rule();
  return person;
}
const policy = { strength: "phishing-resistant" };

describe("where only what is phishing-resistant is strong enough", () => {
  test("a right code is refused like a wrong one, whatever its kind, and not one is sent", async () => {
    const { userId, app } = await ada();
    const pass = await atSecondDoor(house.stranger(), userId);
    const before = await house.db.letter.count({ where: { userId } });
    expect(await refused(answer(house.ctx, pass, "totp", app.codeAt(house.ctx.now)))).toBe("totp.wrong_code");
    for (const kind of ["sms", "email"] as const) {
      const asked = { pass, kind, factorId: null, sessionId: null };
      expect(await refused(prepareAnswer(house.ctx, asked))).toBe("post.nothing_sent");
    }
    expect(await house.db.letter.count({ where: { userId } })).toBe(before);
    expect(await house.db.session.count({ where: { userId } })).toBe(0);
  });

  test.each(["sms", "email"] as const)("so is a right %s code that was on its way when the rule came", async (kind) => {
    const { userId, rule } = await before();
    const pass = await atSecondDoor(house.stranger(), userId);
    await prepareAnswer(house.stranger(), { pass, kind, factorId: null, sessionId: null });
    const code = await lastCode(house.ctx, userId);
    await rule();
    expect(await refused(answer(house.stranger(), pass, kind, code))).toBe(`${kind}.wrong_code`);
    expect(await house.db.session.count({ where: { userId } })).toBe(0);
  });

  test("nothing but a recovery code is offered to whoever has no such kind, at a login, a step-up and a reset", async () => {
    const { userId } = await ada();
    const pass = await atSecondDoor(house.stranger(), userId);
    expect(await readChallenge(house.ctx, pass)).toMatchObject({ options: ["recovery"], enrols: [] });
    for (const purpose of ["LOGIN", "STEP_UP", "RESET"] as const) {
      expect(await findOptions(house.ctx, { userId, policy, purpose, firstAmr: [], deviceId: null })).toEqual([
        "recovery",
      ]);
    }
  });

  test("a recovery code opens a session that can only bind, and is a fresh proof for that", async () => {
    const { userId, codes } = await ada();
    const pass = await atSecondDoor(house.stranger(), userId);
    await answer(house.ctx, pass, "recovery", codes[0] ?? "");
    const opened = await claimLogin(house.ctx, pass);
    const session = await findLiveSession(house.ctx, sha256(opened?.sessionToken ?? ""));
    expect(session).toMatchObject({ userId, provenWith: "recovery" });
    if (session === null) return;
    expect([
      mustStillEnrol(session, house.ctx.now),
      isFresh(session, house.ctx.now, { askable: usableKinds(session) }),
    ]).toEqual([true, true]);
    house.clock.move(minutes(11));
    expect(isFresh(session, house.clock.now(), { askable: usableKinds(session) })).toBe(false);
  });

  test("a session of before the rule can only bind: what it holds counts no longer", () => {
    const held = { totp: 1, sms: 1, email: 1 };
    const session = { isAdmin: true, policy, held, provenWith: "totp" };
    expect(mustStillEnrol(session, house.ctx.now)).toBe(true);
    expect(answerableOf(held, session)).toEqual({});
    expect(mustProveAnew(session, house.ctx.now)).toBe(false); // with what? nothing that they hold would do
    expect(mustStillEnrol({ ...session, policy: null }, house.ctx.now)).toBe(false);
  });
});
