import { describe, expect, test } from "vitest";
import { answerChallenge } from "@/lib/challenge/answer-challenge";
import type { Pass } from "@/lib/challenge/challenge";
import { readChallenge } from "@/lib/challenge/read-challenge";
import { startStepUp } from "@/lib/challenge/start-step-up";
import { sha256 } from "@/lib/crypto/digest";
import { minutes } from "@/lib/kernel/duration";
import { setNewPassword } from "@/lib/resets/set-new-password";
import { findLiveSession } from "@/lib/sessions/store";
import { sendingSettings } from "@/lib/testing/letters";
import { begunReset } from "@/lib/testing/resets";
import { answer } from "@/lib/testing/second-door";
import { openHouse, refused, wrongCode } from "@/lib/testing/story";
import { makePerson, openSessionFor, type TestSession, withTotp } from "@/lib/testing/test-context";

const house = openHouse(sendingSettings);
const now = () => house.clock.now();

/** Somebody in a session, whose last proof is an old one. */
async function inside() {
  const person = await makePerson(house.ctx);
  const app = await withTotp(house.ctx, person);
  const session = await openSessionFor(house.ctx, person);
  house.clock.move(minutes(11));
  return { person, app, session };
}

const stepUp = ({ session }: TestSession): Promise<Pass> =>
  startStepUp(house.ctx, { session, action: "password.change", returnTo: "/security" });
const prove = (pass: Pass, { session }: TestSession, code: string) =>
  answerChallenge(house.stranger(), { pass, kind: "totp", answer: { code }, sessionId: session.id });
const choose = (pass: Pass) =>
  setNewPassword(house.stranger(), { pass, password: "nine slow ferries to nowhere", remove: [] });
const sessionsOf = (userId: string) => house.db.session.count({ where: { userId } });

describe("a forgotten password and a session's proof at the same time", () => {
  test("the proof was asked for first: it is over with the new password, and so is its session", async () => {
    const { person, app, session } = await inside();
    const asked = await stepUp(session);
    const { pass } = await begunReset(house, person);
    await answer(house.stranger(), pass, "totp", app.codeAt(now()));
    expect(await readChallenge(house.ctx, asked)).toMatchObject({ purpose: "STEP_UP" });
    await choose(pass);
    house.clock.move(minutes(1));
    expect(await readChallenge(house.ctx, asked)).toBeNull();
    expect(await refused(prove(asked, session, app.codeAt(now())))).toBe("challenge.expired");
    expect(await sessionsOf(person.userId)).toBe(0);
  });

  test("the reset was begun first: it goes on behind the proof, whose new token ends with the new password", async () => {
    const { person, app, session } = await inside();
    const { pass } = await begunReset(house, person);
    const answered = await prove(await stepUp(session), session, app.codeAt(now()));
    const token = answered.purpose === "STEP_UP" ? answered.sessionToken : "";
    expect(await findLiveSession(house.ctx, sha256(token))).not.toBeNull();
    house.clock.move(minutes(1));
    await answer(house.stranger(), pass, "totp", app.codeAt(now()));
    expect(await findLiveSession(house.ctx, sha256(token))).not.toBeNull();
    await choose(pass);
    expect(await findLiveSession(house.ctx, sha256(token))).toBeNull();
  });

  test("the proof comes between the factor and the new password: it changes nothing of either", async () => {
    const { person, app, session } = await inside();
    const { pass } = await begunReset(house, person);
    await answer(house.stranger(), pass, "totp", app.codeAt(now()));
    const asked = await stepUp(session);
    expect(await refused(prove(asked, session, app.codeAt(now())))).toBe("totp.already_used"); // one code, one door
    house.clock.move(minutes(1));
    await prove(asked, session, app.codeAt(now()));
    await choose(pass);
    expect(await sessionsOf(person.userId)).toBe(0);
  });

  test("neither answers for the other, and wrong codes of the one cost the other no try", async () => {
    const { person, app, session } = await inside();
    const asked = await stepUp(session);
    const { pass } = await begunReset(house, person);
    expect(await refused(choose(asked))).toBe("challenge.expired");
    for (let typo = 0; typo < 4; typo += 1) await refused(prove(asked, session, wrongCode(app.secret, now())));
    const left = async (one: Pass) =>
      (await house.db.challenge.findUniqueOrThrow({ where: { id: one.challengeId } })).attemptsLeft;
    expect([await left(asked), await left(pass)]).toEqual([1, 5]);
    await answer(house.stranger(), pass, "totp", app.codeAt(now()));
    await choose(pass);
    expect(await sessionsOf(person.userId)).toBe(0);
  });
});
