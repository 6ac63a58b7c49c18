import { describe, expect, test } from "vitest";
import { cancelChallenge } from "@/lib/challenge/cancel-challenge";
import { findOptions, type Holding, waysOf } from "@/lib/challenge/options";
import { readChallenge } from "@/lib/challenge/read-challenge";
import { type Duration, earlier, minutes } from "@/lib/kernel/duration";
import type { FactorKind } from "@/lib/policy/traits";
import { answer } from "@/lib/testing/second-door";
import { atSecondDoor, openHouse, refused } from "@/lib/testing/story";
import { makePerson, monday, withRecoveryCodes, withTotp } from "@/lib/testing/test-context";

const house = openHouse();

const held = (kind: FactorKind, lastUsedAt: Date | null = null): Holding => ({ kind, lastUsedAt });
const ago = (time: Duration) => earlier(monday, time);
const login = { purpose: "LOGIN", firstAmr: ["pwd"], hasFactor: true } as const;
const stepUp = { purpose: "STEP_UP", firstAmr: [], hasFactor: true } as const;

test.each([
  ["nothing", login, [], []],
  ["an app", login, [held("totp")], ["totp"]],
  [
    "recovery codes come last, whatever was used last",
    login,
    [held("recovery", monday), held("totp")],
    ["totp", "recovery"],
  ],
  [
    "the last used one first, the others in the operator's order",
    login,
    [held("totp"), held("email"), held("sms", ago(minutes(5))), held("recovery")],
    ["sms", "totp", "email", "recovery"],
  ],
  ["never used: the operator's order", login, [held("email"), held("sms"), held("totp")], ["totp", "sms", "email"]],
  [
    "a fresh proof takes the strongest kind only",
    stepUp,
    [held("sms", monday), held("totp"), held("recovery")],
    ["totp", "recovery"],
  ],
  ["without an app the number", stepUp, [held("sms"), held("email"), held("recovery")], ["sms", "recovery"]],
  ["only e-mail: the password first", stepUp, [held("email"), held("recovery")], ["password", "recovery"]],
  ["and the code then", { ...stepUp, firstAmr: ["pwd"] }, [held("email"), held("recovery")], ["email", "recovery"]],
  ["a password proves nothing beside an app", { ...stepUp, firstAmr: ["pwd"] }, [held("totp")], ["totp"]],
  ["nothing bound: the password", { ...stepUp, hasFactor: false }, [], ["password"]],
  ["bound but out of order: recovery codes, never the password alone", stepUp, [held("recovery")], ["recovery"]],
  ["bound but out of order, and no code left: no way", stepUp, [], []],
] as const)("%s", (_, question, holdings, ways) => expect(waysOf(question, holdings)).toEqual(ways));

describe("what is shown between the doors", () => {
  test("is who it is, masked, and only what this person has", async () => {
    const person = await makePerson(house.ctx);
    await withTotp(house.ctx, person);
    const pass = await atSecondDoor(house.stranger(), person.userId);
    const view = await readChallenge(house.ctx, pass);
    expect(view).toMatchObject({ purpose: "LOGIN", options: ["totp"], reason: null });
    expect(view?.who).toBe(`${person.email[0]}•••@example.test`);
    await withRecoveryCodes(house.ctx, person);
    expect(
      await findOptions(house.ctx, {
        userId: person.userId,
        policy: null,
        purpose: "LOGIN",
        firstAmr: ["pwd"],
        deviceId: null,
      }),
    ).toEqual(["totp", "recovery"]);
    expect(
      await findOptions(house.ctx, {
        userId: person.userId,
        policy: null,
        purpose: "STEP_UP",
        firstAmr: [],
        deviceId: null,
      }),
    ).toEqual(["totp", "recovery"]);
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
