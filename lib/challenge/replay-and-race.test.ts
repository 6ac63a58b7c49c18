import { describe, expect, test } from "vitest";
import type { Pass } from "@/lib/challenge/challenge";
import { claimLogin } from "@/lib/challenge/claim-login";
import { milliseconds, seconds } from "@/lib/kernel/duration";
import { policy } from "@/lib/policy/policy";
import { graceIn } from "@/lib/testing/grace";
import { answer } from "@/lib/testing/second-door";
import { counter, eventNames, knock, openHouse, refusalOf, refused, wrongCode } from "@/lib/testing/story";
import { type TestPerson, withRecoveryCodes, withTotp } from "@/lib/testing/test-context";

const house = openHouse();
const { now, strangersKey, rowOf, graceAtTheSecondDoor, fail } = graceIn(house);

describe("replays", () => {
  test("a code that was accepted is refused everywhere else, and costs that challenge a try but not the app", async () => {
    const { grace, app, pass } = await graceAtTheSecondDoor();
    await answer(house.ctx, pass, "totp", app.codeAt(now()));
    const second = await knock(house.stranger(), grace);
    const refusal = await refusalOf(answer(house.ctx, second.pass, "totp", app.codeAt(now())));
    expect(refusal.id).toBe("totp.already_used");
    expect((await rowOf(second.pass)).attemptsLeft).toBe(4);
    expect(await counter(house.ctx, strangersKey(grace))).toMatchObject({ fails: 0, orphans: 0 });
  });

  test("an earlier code of the window is refused after a later one; the next code is welcome", async () => {
    const { grace, app, pass } = await graceAtTheSecondDoor();
    const earlier = app.codeAt(new Date(now().getTime() - seconds(30)));
    await answer(house.ctx, pass, "totp", app.codeAt(now()));
    const second = await knock(house.stranger(), grace);
    expect(await refused(answer(house.ctx, second.pass, "totp", earlier))).toBe("totp.already_used");
    expect(
      (await answer(house.ctx, second.pass, "totp", app.codeAt(new Date(now().getTime() + seconds(30))))).purpose,
    ).toBe("LOGIN");
  });

  test("the same code twice in one login: the second finds the challenge over", async () => {
    const { app, pass } = await graceAtTheSecondDoor();
    await answer(house.ctx, pass, "totp", app.codeAt(now()));
    expect(await refused(answer(house.ctx, pass, "totp", app.codeAt(now())))).toBe("challenge.expired");
  });

  test("the owner's replays never refund a try that an attacker consumed", async () => {
    const { grace, app, pass } = await graceAtTheSecondDoor();
    await answer(house.ctx, pass, "totp", app.codeAt(now()));
    const attacker = await knock(house.stranger(), grace);
    await fail(attacker.pass, app, 4);
    const owner = await knock(house.stranger(), grace);
    for (let time = 0; time < 3; time += 1) await refused(answer(house.ctx, owner.pass, "totp", app.codeAt(now())));
    await answer(house.ctx, owner.pass, "totp", app.codeAt(new Date(now().getTime() + seconds(30))));
    expect((await counter(house.ctx, strangersKey(grace))).orphans).toBe(4);
  });
});

describe("at once", () => {
  test("one code on one challenge, twenty times: one yes", async () => {
    const { grace, app, pass } = await graceAtTheSecondDoor();
    const outcomes = await Promise.allSettled(
      Array.from({ length: 20 }, () => answer(house.stranger(), pass, "totp", app.codeAt(now()))),
    );
    expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    expect((await eventNames(house.ctx, grace.userId)).filter((name) => name === "challenge.answered")).toHaveLength(1);
  });

  test("one code on twenty challenges: one yes, and no loser's challenge is consumed", async () => {
    const { grace, app } = await graceAtTheSecondDoor();
    const passes: Pass[] = [];
    for (let index = 0; index < 20; index += 1) passes.push((await knock(house.stranger(), grace)).pass);
    const outcomes = await Promise.allSettled(
      passes.map((pass) => answer(house.stranger(), pass, "totp", app.codeAt(now()))),
    );
    expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    expect(await house.db.challenge.count({ where: { userId: grace.userId, state: "SATISFIED" } })).toBe(1);
  });

  test("a loser's recovery code is not spent: the code and the authenticator race, one wins, one stays whole", async () => {
    const { grace, app, pass } = await graceAtTheSecondDoor();
    const codes = await withRecoveryCodes(house.ctx, grace);
    const outcomes = await Promise.allSettled([
      answer(house.stranger(), pass, "totp", app.codeAt(now())),
      answer(house.stranger(), pass, "recovery", codes[0] ?? ""),
      answer(house.stranger(), pass, "recovery", codes[1] ?? ""),
    ]);
    expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    const usedCodes = await house.db.recoveryCode.count({ where: { userId: grace.userId, usedAt: { not: null } } });
    const usedSteps = await house.db.factor.count({ where: { userId: grace.userId, lastStep: { not: null } } });
    expect(usedCodes + usedSteps).toBe(1);
  });

  test("thirty wrong codes on one challenge are judged five times", async () => {
    const { grace, app, pass } = await graceAtTheSecondDoor();
    const code = wrongCode(app.secret, now());
    const ids = await Promise.all(
      Array.from({ length: 30 }, () => refused(answer(house.stranger(), pass, "totp", code))),
    );
    expect(ids.filter((id) => id === "totp.wrong_code")).toHaveLength(5);
    expect(await counter(house.ctx, strangersKey(grace))).toMatchObject({ fails: 5, orphans: 5 });
  });
});

describe("too late, moved or somebody else's", () => {
  test("a challenge lives six minutes to the second", async () => {
    const { app, pass } = await graceAtTheSecondDoor();
    house.clock.move(milliseconds(policy.challenge.lifetime - seconds(1)));
    await fail(pass, app, 1);
    house.clock.move(seconds(1));
    expect(await refused(answer(house.ctx, pass, "totp", app.codeAt(now())))).toBe("challenge.expired");
  });

  test.each<[string, (person: TestPerson) => Promise<unknown>]>([
    ["another factor was bound", (person) => withTotp(house.ctx, person, "Tablet")],
    [
      "the account was disabled",
      (person) => house.db.user.update({ where: { id: person.userId }, data: { disabledAt: now() } }),
    ],
  ])("it is over when %s", async (_, move) => {
    const { grace, app, pass } = await graceAtTheSecondDoor();
    await move(grace);
    expect(await refused(answer(house.ctx, pass, "totp", app.codeAt(now())))).toBe("challenge.expired");
  });

  test("it cannot be claimed when the account moved between the yes and the claim", async () => {
    const { grace, app, pass } = await graceAtTheSecondDoor();
    await answer(house.ctx, pass, "totp", app.codeAt(now()));
    await withTotp(house.ctx, grace, "Tablet");
    expect(await claimLogin(house.ctx, pass)).toBeNull();
    expect(await house.db.session.count({ where: { userId: grace.userId } })).toBe(0);
  });

  test("made-up, stale and dead passes never touch the owner's counters, and open nothing, with the right code too", async () => {
    const { grace, app, pass } = await graceAtTheSecondDoor();
    const [saved = ""] = await withRecoveryCodes(house.ctx, grace);
    await fail(pass, app, 5);
    const before = await counter(house.ctx, strangersKey(grace));
    for (const bad of [
      pass,
      { ...pass, tokenId: "made-up" },
      { ...pass, challengeId: "made-up" },
      { ...pass, clientId: "another" },
      { challengeId: "", tokenId: "", clientId: "" },
    ]) {
      expect(await fail(bad, app, 10)).toEqual(Array.from({ length: 10 }, () => "challenge.expired"));
      expect(await refused(answer(house.stranger(), bad, "totp", app.codeAt(now())))).toBe("challenge.expired");
      expect(await refused(answer(house.stranger(), bad, "recovery", saved))).toBe("challenge.expired");
      expect(await claimLogin(house.stranger(), bad)).toBeNull();
    }
    expect(await counter(house.ctx, strangersKey(grace))).toEqual(before);
    expect(await house.db.session.count({ where: { userId: grace.userId } })).toBe(0);
    const next = await knock(house.stranger(), grace);
    expect((await answer(house.stranger(), next.pass, "totp", app.codeAt(now()))).purpose).toBe("LOGIN"); // the code was spent by none of them
  });

  test("Ada's code opens nothing of Grace's and is counted at Grace's challenge only", async () => {
    const [{ app: adas, grace: ada }, { grace, pass }] = [await graceAtTheSecondDoor(), await graceAtTheSecondDoor()];
    expect(await refused(answer(house.ctx, pass, "totp", adas.codeAt(now())))).toBe("totp.wrong_code");
    expect(await counter(house.ctx, strangersKey(ada))).toMatchObject({ fails: 0 });
    expect(await counter(house.ctx, strangersKey(grace))).toMatchObject({ fails: 1 });
    expect((await house.db.factor.findFirstOrThrow({ where: { userId: ada.userId } })).lastStep).toBeNull();
  });

  test("a secret that was copied into another person's row opens nothing there", async () => {
    const [{ app: adas, grace: ada }, { grace, pass }] = [await graceAtTheSecondDoor(), await graceAtTheSecondDoor()];
    const { secret } = await house.db.factor.findFirstOrThrow({ where: { userId: ada.userId } });
    await house.db.factor.updateMany({ where: { userId: grace.userId }, data: { secret } });
    expect(await refused(answer(house.ctx, pass, "totp", adas.codeAt(now())))).toBe("totp.wrong_code");
    expect(house.logged().some((line) => line.includes('"level":"alarm"'))).toBe(true);
  });
});
