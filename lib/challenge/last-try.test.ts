import { expect, test } from "vitest";
import { answerChallenge } from "@/lib/challenge/answer-challenge";
import { readChallenge } from "@/lib/challenge/read-challenge";
import { startStepUp } from "@/lib/challenge/start-step-up";
import { answer } from "@/lib/testing/second-door";
import { atSecondDoor, openHouse, refusalOf, wrongCode } from "@/lib/testing/story";
import { makePerson, openSessionFor, withTotp } from "@/lib/testing/test-context";

const house = openHouse();
const now = () => house.clock.now();

async function grace() {
  const person = await makePerson(house.ctx);
  return { person, app: await withTotp(house.ctx, person) };
}

test("the fourth wrong code says that one try is left, and no other says so; the page says it too, however it is come by", async () => {
  const { person, app } = await grace();
  const pass = await atSecondDoor(house.stranger(), person.userId);
  const said = [];
  const shown = [];
  for (let time = 1; time <= 5; time += 1) {
    const { more } = await refusalOf(answer(house.stranger(), pass, "totp", wrongCode(app.secret, now())));
    said.push(more.besides ?? null);
    shown.push((await readChallenge(house.ctx, pass))?.isLastTry ?? null);
  }
  expect(said).toEqual([null, null, null, "challenge.one_left", null]);
  expect(shown).toEqual([false, false, false, true, null]);
});

test("a right code that was used before hears it like a wrong one", async () => {
  const { person, app } = await grace();
  await answer(house.ctx, await atSecondDoor(house.stranger(), person.userId), "totp", app.codeAt(now()));
  const pass = await atSecondDoor(house.stranger(), person.userId);
  const used = () => refusalOf(answer(house.stranger(), pass, "totp", app.codeAt(now())));
  for (let time = 1; time <= 3; time += 1) expect((await used()).more.besides).toBeUndefined();
  expect(await used()).toMatchObject({ id: "totp.already_used", more: { besides: "challenge.one_left" } });
});

test("at a step-up the session's own five count, over all its challenges", async () => {
  const { person, app } = await grace();
  const { session } = await openSessionFor(house.ctx, person);
  const besides = [];
  const shown = [];
  for (const tries of [3, 1]) {
    const pass = await startStepUp(house.ctx, { session, action: "factor.add", returnTo: "/security" });
    for (let time = 1; time <= tries; time += 1) {
      const answering = { pass, kind: "totp", answer: { code: wrongCode(app.secret, now()) } } as const;
      const refused = await refusalOf(answerChallenge(house.ctx, { ...answering, sessionId: session.id }));
      besides.push(refused.more.besides ?? null);
      shown.push((await readChallenge(house.ctx, pass))?.isLastTry ?? null);
    }
  }
  expect(besides).toEqual([null, null, null, "challenge.one_left"]);
  expect(shown).toEqual([false, false, false, true]);
  const newest = await startStepUp(house.ctx, { session, action: "factor.add", returnTo: "/security" });
  expect(await readChallenge(house.ctx, newest)).toMatchObject({ isLastTry: true });
});
