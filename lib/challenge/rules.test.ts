import { describe, expect, test } from "vitest";
import { cancelChallenge } from "@/lib/challenge/cancel-challenge";
import { mayAnswerWith } from "@/lib/challenge/challenge";
import { nextStep } from "@/lib/challenge/next-step";
import { findOptions, orderOptions } from "@/lib/challenge/options";
import { readChallenge } from "@/lib/challenge/read-challenge";
import { minutes } from "@/lib/kernel/duration";
import { isFresh } from "@/lib/sessions/session";
import { answer } from "@/lib/testing/second-door";
import { atSecondDoor, openHouse, refused } from "@/lib/testing/story";
import { makePerson, monday, withRecoveryCodes, withTotp } from "@/lib/testing/test-context";

const house = openHouse();

test.each([
  [0, false, "done"],
  [0, true, "enrol"],
  [1, false, "answer"],
  [1, true, "answer"],
  [5, true, "answer"],
])("with %i factors, and policy demanding one: %s, the next step is %s", (activeFactors, mustHaveFactor, kind) =>
  expect(nextStep({ activeFactors, mustHaveFactor })).toEqual({ kind }),
);

test.each([
  ["LOGIN", "totp", true],
  ["LOGIN", "recovery", true],
  ["LOGIN", "password", false],
  ["STEP_UP", "password", true],
] as const)("at a %s an answer with %s: %s", (purpose, kind, may) => expect(mayAnswerWith(purpose, kind)).toBe(may));

test("bound kinds come before recovery codes, whatever was used last", () => {
  expect(
    orderOptions([
      { kind: "recovery", lastUsedAt: monday },
      { kind: "totp", lastUsedAt: null },
    ]),
  ).toEqual(["totp", "recovery"]);
});

const ago = (time: number) => new Date(monday.getTime() - time);
test.each([
  ["totp", minutes(9), true, true],
  ["totp", minutes(10), true, false],
  ["password", minutes(1), true, false],
  ["password", minutes(1), false, true],
  ["password", minutes(10), false, false],
  ["recovery", minutes(1), true, true],
])("a proof with %s, %i ms old, of somebody with a factor: %s, is fresh: %s", (provenWith, age, hasFactor, fresh) => {
  expect(isFresh({ provenWith, provenAt: ago(age), hasFactor }, monday)).toBe(fresh);
});

describe("what is shown between the doors", () => {
  test("is who it is, masked, and only what this person has", async () => {
    const person = await makePerson(house.ctx);
    await withTotp(house.ctx, person);
    const pass = await atSecondDoor(house.stranger(), person.userId);
    const view = await readChallenge(house.ctx, pass);
    expect(view).toMatchObject({ purpose: "LOGIN", options: ["totp"], reason: null });
    expect(view?.who).toBe(`${person.email[0]}•••@example.test`);
    await withRecoveryCodes(house.ctx, person);
    expect(await findOptions(house.ctx, { userId: person.userId, purpose: "LOGIN" })).toEqual(["totp", "recovery"]);
    expect(await findOptions(house.ctx, { userId: person.userId, purpose: "STEP_UP" })).toEqual(["totp", "recovery"]);
  });

  test("is nothing once it is cancelled, and the right code comes too late", async () => {
    const person = await makePerson(house.ctx);
    const app = await withTotp(house.ctx, person);
    const pass = await atSecondDoor(house.stranger(), person.userId);
    await cancelChallenge(house.ctx, { ...pass, tokenId: "somebody else's" });
    expect(await readChallenge(house.ctx, pass)).not.toBeNull();
    expect(await cancelChallenge(house.ctx, pass)).toBeNull();
    expect(await readChallenge(house.ctx, pass)).toBeNull();
    expect(await refused(answer(house.ctx, pass, "totp", app.codeAt(house.ctx.now)))).toBe("challenge.expired");
  });
});
