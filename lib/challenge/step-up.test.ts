import { describe, expect, test } from "vitest";
import { findCurrentSession } from "@/lib/auth/current-session";
import { sealSessionCookie } from "@/lib/auth/session-cookie";
import { answerChallenge } from "@/lib/challenge/answer-challenge";
import { cancelChallenge } from "@/lib/challenge/cancel-challenge";
import type { Pass } from "@/lib/challenge/challenge";
import { claimLogin } from "@/lib/challenge/claim-login";
import { startStepUp } from "@/lib/challenge/start-step-up";
import { minutes, seconds } from "@/lib/kernel/duration";
import type { FactorKind } from "@/lib/policy/traits";
import { isFresh } from "@/lib/sessions/session";
import { answer as answerLogin } from "@/lib/testing/second-door";
import { counter, eventNames, knock, openHouse, refused, wrongCode } from "@/lib/testing/story";
import {
  makePerson,
  openSessionFor,
  type TestPerson,
  type TestSession,
  withRecoveryCodes,
  withTotp,
} from "@/lib/testing/test-context";

import { bucketKey } from "@/lib/throttle/bucket";

const house = openHouse();
const now = () => house.clock.now();

async function inside() {
  const person = await makePerson(house.ctx);
  const app = await withTotp(house.ctx, person);
  const signedIn = await openSessionFor(house.ctx, person);
  house.clock.move(minutes(11));
  return { person, app, signedIn };
}

const ask = ({ session }: TestSession): Promise<Pass> =>
  startStepUp(house.ctx, { session, action: "factor.remove", returnTo: "/security" });

const answer = (pass: Pass, sessionId: string | null, code: string, kind: FactorKind = "totp") =>
  answerChallenge(house.stranger(), {
    pass,
    kind,
    answer: kind === "password" ? { password: code } : { code },
    sessionId,
  });

const present = async (token: string, { userId }: TestPerson) =>
  findCurrentSession(house.ctx, sealSessionCookie(token, userId));

describe("a right answer", () => {
  test("makes the proof fresh for ten minutes, exchanges the token and opens no second session", async () => {
    const { person, app, signedIn } = await inside();
    expect(isFresh(signedIn.session, now())).toBe(false);
    const { expiresAt } = await house.db.session.findUniqueOrThrow({ where: { id: signedIn.session.id } });
    const answered = await answer(await ask(signedIn), signedIn.session.id, app.codeAt(now()));
    if (answered.purpose !== "STEP_UP") throw new Error("It was a step-up.");
    const renewed = await present(answered.sessionToken, person);
    expect(renewed && isFresh(renewed, now())).toBe(true);
    expect(await present(signedIn.token, person)).toBeNull();
    expect(await house.db.session.findMany({ where: { userId: person.userId } })).toMatchObject([
      { id: signedIn.session.id, expiresAt, stepUpFailures: 0 },
    ]);
    house.clock.move(minutes(10));
    expect(renewed && isFresh(renewed, now())).toBe(false);
  });

  test("is over at once: it cannot be claimed as a login, nor answered again", async () => {
    const { app, signedIn } = await inside();
    const pass = await ask(signedIn);
    await answer(pass, signedIn.session.id, app.codeAt(now()));
    expect(await claimLogin(house.ctx, pass)).toBeNull();
    expect(await refused(answer(pass, signedIn.session.id, app.codeAt(new Date(now().getTime() + seconds(30)))))).toBe(
      "challenge.expired",
    );
  });

  test("with the right password resets the wrong ones before it: their cap is for those in a row, not for a life", async () => {
    const ada = await makePerson(house.ctx);
    const key = bucketKey("factor.password", ada.userId);
    const signedIn = await openSessionFor(house.ctx, ada);
    const moments = { windowStart: now(), updatedAt: now() };
    await house.db.bucket.create({ data: { key, fails: 0, orphans: 99, ...moments } });
    expect((await answer(await ask(signedIn), signedIn.session.id, ada.password, "password")).purpose).toBe("STEP_UP");
    expect(await counter(house.ctx, key)).toMatchObject({ fails: 0, orphans: 0 });
  });

  test("with the password counts only while nothing stronger is bound", async () => {
    const ada = await makePerson(house.ctx);
    const signedIn = await openSessionFor(house.ctx, ada);
    expect((await answer(await ask(signedIn), signedIn.session.id, ada.password, "password")).purpose).toBe("STEP_UP");
    const { person, signedIn: graces } = await inside();
    expect(await refused(answer(await ask(graces), graces.session.id, person.password, "password"))).toBe(
      "password_proof.wrong",
    );
  });
});

describe("replays across purposes", () => {
  test("a code used at the step-up is refused at a login, and the reverse", async () => {
    const { person, app, signedIn } = await inside();
    await answer(await ask(signedIn), signedIn.session.id, app.codeAt(now()));
    const login = await knock(house.stranger(), person);
    expect(await refused(answerLogin(house.ctx, login.pass, "totp", app.codeAt(now())))).toBe("totp.already_used");
    house.clock.move(seconds(60));
    await answerLogin(house.ctx, login.pass, "totp", app.codeAt(now()));
    expect(await refused(answer(await ask(signedIn), signedIn.session.id, app.codeAt(now())))).toBe(
      "totp.already_used",
    );
  });
});

describe("guessing in a stolen session", () => {
  test("five wrong answers end that session and no other", async () => {
    const { person, app, signedIn } = await inside();
    const other = await openSessionFor(house.ctx, person);
    const pass = await ask(signedIn);
    for (let time = 0; time < 5; time += 1)
      expect(await refused(answer(pass, signedIn.session.id, wrongCode(app.secret, now())))).toBe("totp.wrong_code");
    expect(await present(signedIn.token, person)).toBeNull();
    expect(await present(other.token, person)).not.toBeNull();
    expect(await eventNames(house.ctx, person.userId)).toContain("session.ended");
  });

  test("five over several step-ups are five: cancelling and asking anew resets nothing", async () => {
    const { person, app, signedIn } = await inside();
    for (const times of [2, 2, 1]) {
      const pass = await ask(signedIn);
      for (let time = 0; time < times; time += 1)
        await refused(answer(pass, signedIn.session.id, wrongCode(app.secret, now())));
      await cancelChallenge(house.ctx, pass);
    }
    expect(await present(signedIn.token, person)).toBeNull();
  });

  test("a success begins the five anew", async () => {
    const { app, signedIn } = await inside();
    const pass = await ask(signedIn);
    for (let time = 0; time < 4; time += 1)
      await refused(answer(pass, signedIn.session.id, wrongCode(app.secret, now())));
    await answer(pass, signedIn.session.id, app.codeAt(now()));
    expect(await house.db.session.findUnique({ where: { id: signedIn.session.id } })).toMatchObject({
      stepUpFailures: 0,
    });
  });

  test("a fault or a replay does not end it unfairly: faults are free, replays count", async () => {
    const { app, signedIn } = await inside();
    await answer(await ask(signedIn), signedIn.session.id, app.codeAt(now()));
    await refused(answer(await ask(signedIn), signedIn.session.id, app.codeAt(now())));
    expect(await house.db.session.findUnique({ where: { id: signedIn.session.id } })).toMatchObject({
      stepUpFailures: 1,
    });
  });
});

describe("somebody else's step-up", () => {
  test("another session of the same person cannot answer it, nor can nobody", async () => {
    const { person, app, signedIn } = await inside();
    const other = await openSessionFor(house.ctx, person);
    const pass = await ask(signedIn);
    for (const sessionId of [other.session.id, null, ""])
      expect(await refused(answer(pass, sessionId, app.codeAt(now())))).toBe("challenge.expired");
    expect(await house.db.challenge.findUnique({ where: { id: pass.challengeId } })).toMatchObject({ attemptsLeft: 5 });
  });

  test("it dies with its session", async () => {
    const { app, signedIn, person } = await inside();
    const pass = await ask(signedIn);
    await house.db.session.deleteMany({ where: { userId: person.userId } });
    expect(await refused(answer(pass, signedIn.session.id, app.codeAt(now())))).toBe("challenge.expired");
    expect(await house.db.session.count({ where: { userId: person.userId } })).toBe(0);
  });

  test("a recovery code proves it too, and its replacement is shown", async () => {
    const { person, signedIn } = await inside();
    const codes = await withRecoveryCodes(house.ctx, person);
    const answered = await answer(await ask(signedIn), signedIn.session.id, codes[0] ?? "", "recovery");
    expect(answered.reveal?.codes).toHaveLength(1);
  });
});
