import { afterAll, beforeAll, expect, test } from "vitest";
import { answerChallenge } from "@/lib/challenge/answer-challenge";
import { minutes } from "@/lib/kernel/duration";
import { logInWithPassword } from "@/lib/login/log-in-with-password";
import { makePerson, openSessionFor, testHouse, withRecoveryCodes, withTotp } from "@/lib/testing/test-context";

let house: Awaited<ReturnType<typeof testHouse>>;
beforeAll(async () => {
  house = await testHouse();
});
afterAll(() => house.close());

test("a made person logs in through both doors with what the helpers gave them", async () => {
  const { ctx, clock } = house;
  const person = await makePerson(ctx, { username: "ada" });
  const app = await withTotp(ctx, person);
  const codes = await withRecoveryCodes(ctx, person);
  for (const [kind, code] of [
    ["totp", app.codeAt(ctx.now)],
    ["recovery", codes[0]],
  ] as const) {
    const credentials = { identifier: "Ada", password: person.password, deviceToken: null, returnTo: "/" };
    const started = await logInWithPassword(ctx, credentials);
    expect(started.next).toBe("answer");
    const answered = await answerChallenge(ctx, { pass: started.pass, kind, answer: { code }, sessionId: null });
    expect(answered.userId).toBe(person.userId);
    clock.move(minutes(1));
  }
});

test("a session opened for somebody is live, and says what they have", async () => {
  const { ctx } = house;
  const plain = await makePerson(ctx);
  expect((await openSessionFor(ctx, plain)).session).toMatchObject({ kinds: [], provenWith: "password" });
  await withTotp(ctx, plain);
  const { session, deviceToken } = await openSessionFor(ctx, plain);
  expect(session).toMatchObject({ kinds: ["totp"], provenWith: "totp", amr: ["pwd", "otp"] });
  expect(deviceToken).toMatch(/^dev_/);
});
