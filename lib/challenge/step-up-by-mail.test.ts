import { expect, test } from "vitest";
import { findCurrentSession } from "@/lib/auth/current-session";
import { sealSessionCookie } from "@/lib/auth/session-cookie";
import { answerChallenge } from "@/lib/challenge/answer-challenge";
import { cancelChallenge } from "@/lib/challenge/cancel-challenge";
import { prepareAnswer } from "@/lib/challenge/prepare-answer";
import { readChallenge } from "@/lib/challenge/read-challenge";
import { startStepUp } from "@/lib/challenge/start-step-up";
import { minutes } from "@/lib/kernel/duration";
import type { FactorKind } from "@/lib/policy/traits";
import { isFresh } from "@/lib/sessions/session";
import { lastCode, sendingSettings } from "@/lib/testing/letters";
import { eventNames, openHouse, refused } from "@/lib/testing/story";
import { makePerson, openSessionFor, withAddress, withTotp } from "@/lib/testing/test-context";
import { setSettings } from "@/lib/testing/test-settings";

const house = openHouse(sendingSettings);

async function inside(kinds: readonly ("sms" | "email" | "totp")[]) {
  const person = await makePerson(house.ctx);
  for (const kind of kinds) {
    if (kind === "totp") await withTotp(house.ctx, person);
    else await withAddress(house.ctx, person, kind, kind === "sms" ? "+12025550177" : person.email);
  }
  const { session } = await openSessionFor(house.ctx, person);
  house.clock.move(minutes(11));
  const pass = await startStepUp(house.ctx, { session, action: "factor.add", returnTo: "/security" });
  const answer = (kind: FactorKind, typed: string) =>
    answerChallenge(house.stranger(), {
      pass,
      kind,
      sessionId: session.id,
      answer: kind === "password" ? { password: typed } : { code: typed },
    });
  const send = () => prepareAnswer(house.stranger(), { pass, kind: null, factorId: null, sessionId: session.id });
  const options = async () => (await readChallenge(house.ctx, pass))?.options;
  return { person, session, pass, answer, send, options };
}

test("whose only factor is e-mail types the password, and then the code", async () => {
  const { person, answer, send, options } = await inside(["email"]);
  expect(await options()).toEqual(["password"]);
  expect(await refused(answer("email", "12345678"))).toBe("email.wrong_code");
  expect(await answer("password", person.password)).toMatchObject({ purpose: "HALF" });
  expect(await options()).toEqual(["email"]);
  expect(await send()).toBe("email");
  const answered = await answer("email", await lastCode(house.ctx, person.userId));
  if (answered.purpose !== "STEP_UP") throw new Error("It was a step-up.");
  const cookie = sealSessionCookie(answered.sessionToken, person.userId);
  const renewed = await findCurrentSession(house.ctx, cookie);
  expect(renewed && isFresh(renewed, house.clock.now())).toBe(true);
  expect(await eventNames(house.ctx, person.userId)).toContain("challenge.half_answered");
});

test("a wrong password opens no second half, and the right one twice is one half", async () => {
  const { person, answer, options } = await inside(["email"]);
  expect(await refused(answer("password", "not the password at all"))).toBe("password_proof.wrong");
  expect(await options()).toEqual(["password"]);
  const halves = await Promise.allSettled([answer("password", person.password), answer("password", person.password)]);
  expect(halves.some(({ status }) => status === "fulfilled")).toBe(true);
  expect(await options()).toEqual(["email"]);
});

test("the right password is no failure: six step-ups that were given up after it leave the session as it was", async () => {
  const { person, session, answer, pass } = await inside(["email"]);
  expect(await answer("password", person.password)).toMatchObject({ purpose: "HALF" });
  await cancelChallenge(house.ctx, pass);
  for (let time = 0; time < 5; time += 1) {
    const again = await startStepUp(house.ctx, { session, action: "factor.add", returnTo: "/security" });
    const typed = { kind: "password", answer: { password: person.password }, sessionId: session.id } as const;
    expect(await answerChallenge(house.stranger(), { pass: again, ...typed })).toMatchObject({ purpose: "HALF" });
    await cancelChallenge(house.ctx, again);
  }
  expect(await house.db.session.findUnique({ where: { id: session.id } })).toMatchObject({ stepUpFailures: 0 });
});

test("with a stronger kind the weaker one proves nothing, nor does the password", async () => {
  const { person, answer, send, options } = await inside(["sms", "email", "totp"]);
  expect(await options()).toEqual(["totp"]);
  expect(await send()).toBe("totp");
  expect(await refused(answer("password", person.password))).toBe("password_proof.wrong");
  expect(await refused(answer("sms", "123456"))).toBe("sms.wrong_code");
  expect(await refused(answer("email", "12345678"))).toBe("email.wrong_code");
});

test("while text messages are off a code at the account's own address opens a login, but renews no proof", async () => {
  setSettings({ ...sendingSettings, SMS_ENABLED: "false" });
  const { answer, options } = await inside(["sms"]);
  expect(await options()).toEqual([]);
  expect(await refused(answer("email", "12345678"))).toBe("email.wrong_code");
  setSettings({ ...sendingSettings, SMS_ENABLED: "true" });
});
