import { expect, test } from "vitest";
import { cancelChallenge } from "@/lib/challenge/cancel-challenge";
import { claimLogin } from "@/lib/challenge/claim-login";
import { startStepUp } from "@/lib/challenge/start-step-up";
import { whyOver } from "@/lib/challenge/why-over";
import { policy } from "@/lib/policy/policy";
import { answer } from "@/lib/testing/second-door";
import { atSecondDoor, openHouse, refused } from "@/lib/testing/story";
import { makePerson, openSessionFor, withTotp } from "@/lib/testing/test-context";

const house = openHouse();

async function waiting() {
  const person = await makePerson(house.ctx);
  const app = await withTotp(house.ctx, person);
  const pass = await atSecondDoor(house.stranger(), person.userId);
  const why = async (sessionId: string | null = null) => (await whyOver(house.ctx, { pass, sessionId })).why;
  return { person, app, pass, why };
}

test("a login that waits is open; another token of it, another client's and none at all name nothing", async () => {
  const { pass, why } = await waiting();
  expect(await why()).toBe("open");
  for (const other of [{ ...pass, tokenId: "x" }, { ...pass, clientId: "app" }, null])
    expect(await whyOver(house.ctx, { pass: other, sessionId: null })).toEqual({
      why: "unknown",
      purpose: null,
      isByPassword: false,
    });
});

test("each end is told as what it is", async () => {
  const [finished, cancelled, late, moved, tried] = await Promise.all(Array.from({ length: 5 }, waiting));
  await house.db.challenge.update({ where: { id: finished?.pass.challengeId ?? "" }, data: { state: "CONSUMED" } });
  if (cancelled) await cancelChallenge(house.ctx, cancelled.pass);
  await house.db.challenge.update({ where: { id: late?.pass.challengeId ?? "" }, data: { expiresAt: house.ctx.now } });
  const up = { credentialVersion: { increment: 1 } };
  await house.db.user.update({ where: { id: moved?.person.userId ?? "" }, data: up });
  if (tried)
    for (let round = 0; round < policy.challenge.judgedTries; round += 1)
      await refused(answer(house.stranger(), tried.pass, "totp", "000000"));
  const all = await Promise.all([finished, cancelled, late, moved, tried].map((one) => one?.why()));
  expect(all).toEqual(["finished", "closed", "time", "changed", "tries"]);
});

test("a step-up is open in its own session, and of another login everywhere else", async () => {
  const person = await makePerson(house.ctx);
  const { session } = await openSessionFor(house.ctx, person);
  const pass = await startStepUp(house.ctx, { session, action: "factor.add", returnTo: "/security" });
  expect(await whyOver(house.ctx, { pass, sessionId: session.id })).toEqual({
    why: "open",
    purpose: "STEP_UP",
    isByPassword: false,
  });
  expect(await whyOver(house.ctx, { pass, sessionId: null })).toEqual({
    why: "elsewhere",
    purpose: "STEP_UP",
    isByPassword: false,
  });
  expect(await claimLogin(house.ctx, pass)).toBeNull();
});
