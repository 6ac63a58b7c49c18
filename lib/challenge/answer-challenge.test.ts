import { availableParallelism } from "node:os";
import { describe, expect, test } from "vitest";
import { answerChallenge } from "@/lib/challenge/answer-challenge";
import type { Pass } from "@/lib/challenge/challenge";
import { claimLogin } from "@/lib/challenge/claim-login";
import { takePlace } from "@/lib/crypto/hashing-gate";
import { milliseconds, minutes, seconds } from "@/lib/kernel/duration";
import { policy } from "@/lib/policy/policy";
import { answer, counter, eventNames, type House, knock, refusalOf, refused, useHouse, whileBroken, wrongCode } from "@/lib/testing/story";
import { makePerson, openSessionFor, type TestApp, type TestPerson, withRecoveryCodes, withTotp } from "@/lib/testing/test-context";
import { bucketKey } from "@/lib/throttle/store";

const house: House = useHouse();
const lane = (person: TestPerson) => bucketKey("factor.totp", person.userId);
const now = () => house.clock.now();
const rowOf = ({ challengeId }: Pass) => house.db.challenge.findUniqueOrThrow({ where: { id: challengeId } });

async function graceAtTheSecondDoor(): Promise<{ grace: TestPerson; app: TestApp; pass: Pass }> {
  const grace = await makePerson(house.ctx);
  const app = await withTotp(house.ctx, grace);
  const { pass } = await knock(house.stranger(), grace);
  return { grace, app, pass };
}

async function fail(pass: Pass, app: TestApp, times: number): Promise<string[]> {
  const ids: string[] = [];
  for (let time = 0; time < times; time += 1) ids.push(await refused(answer(house.stranger(), pass, "totp", wrongCode(app.secret, now()))));
  return ids;
}

describe("the right code", () => {
  test("satisfies the challenge; the session is opened by the one claim that follows", async () => {
    const { grace, app, pass } = await graceAtTheSecondDoor();
    const answered = await answer(house.ctx, pass, "totp", app.codeAt(now()));
    expect(answered).toEqual({ purpose: "LOGIN", userId: grace.userId, returnTo: "/security", reveal: [] });
    expect(await house.db.session.count({ where: { userId: grace.userId } })).toBe(0);
    const opened = await claimLogin(house.ctx, pass);
    expect(opened?.userId).toBe(grace.userId);
    expect(await house.db.session.findMany({ where: { userId: grace.userId } })).toMatchObject([{ amr: ["pwd", "otp"], aal: 2, provenWith: "totp", challengeId: pass.challengeId }]);
    expect((await rowOf(pass)).state).toBe("CONSUMED");
    expect(await eventNames(house.ctx, grace.userId)).toEqual(["login.password_accepted", "challenge.answered", "device.trusted", "session.opened"]);
  });

  test("with spaces, dashes and full-width digits is read as six digits", async () => {
    for (const typed of [(code: string) => `${code.slice(0, 3)} ${code.slice(3)}`, (code: string) => `${code.slice(0, 3)}-${code.slice(3)}`, (code: string) => code.replace(/./g, (d) => String.fromCodePoint((d.codePointAt(0) ?? 0) + 0xfee0))]) {
      const { app, pass } = await graceAtTheSecondDoor();
      expect((await answer(house.ctx, pass, "totp", typed(app.codeAt(now())))).purpose).toBe("LOGIN");
    }
  });

  test("is claimed once, within its minute, under the very token that was handed out", async () => {
    const { app, pass } = await graceAtTheSecondDoor();
    await answer(house.ctx, pass, "totp", app.codeAt(now()));
    expect(await claimLogin(house.ctx, { ...pass, tokenId: "another" })).toBeNull();
    const claims = await Promise.all(Array.from({ length: 8 }, () => claimLogin(house.ctx, pass)));
    expect(claims.filter((claim) => claim !== null)).toHaveLength(1);
    const late = await graceAtTheSecondDoor();
    await answer(house.ctx, late.pass, "totp", late.app.codeAt(now()));
    house.clock.move(seconds(60));
    expect(await claimLogin(house.ctx, late.pass)).toBeNull();
  });
});

describe("a wrong code", () => {
  test("says so, opens nothing and is noted once", async () => {
    const { grace, app, pass } = await graceAtTheSecondDoor();
    expect(await fail(pass, app, 1)).toEqual(["totp.wrong_code"]);
    expect(await claimLogin(house.ctx, pass)).toBeNull();
    expect(await eventNames(house.ctx, grace.userId)).toEqual(["login.password_accepted", "challenge.refused"]);
    expect(await counter(house.ctx, lane(grace))).toMatchObject({ fails: 1, orphans: 1 });
  });

  test("five of them kill the challenge: the sixth, right one is refused and costs the owner nothing", async () => {
    const { grace, app, pass } = await graceAtTheSecondDoor();
    expect(await fail(pass, app, 5)).toEqual(Array.from({ length: 5 }, () => "totp.wrong_code"));
    expect(await refused(answer(house.ctx, pass, "totp", app.codeAt(now())))).toBe("challenge.expired");
    expect((await rowOf(pass)).state).toBe("DEAD");
    expect(await counter(house.ctx, lane(grace))).toMatchObject({ fails: 5, orphans: 5 });
    expect((await eventNames(house.ctx, grace.userId)).filter((name) => name === "challenge.died")).toHaveLength(1);
  });

  test("the five are shared by all kinds, and a kind that nobody bound costs a try too", async () => {
    const { app, pass } = await graceAtTheSecondDoor();
    for (let time = 0; time < 3; time += 1) expect(await refused(answer(house.ctx, pass, "recovery", "ABCD-EFGH-JKMN-PQRS"))).toBe("recovery.wrong_code");
    await fail(pass, app, 2);
    expect(await refused(answer(house.ctx, pass, "totp", app.codeAt(now())))).toBe("challenge.expired");
  });

  test("the password is no second door: it reads like any wrong answer", async () => {
    const { grace, pass } = await graceAtTheSecondDoor();
    expect(await refused(answer(house.ctx, pass, "password", grace.password))).toBe("password_proof.wrong");
    expect((await rowOf(pass)).attemptsLeft).toBe(4);
  });

  test.each([["", "12345", "1234567", "abcdef", "١٢٣٤٥٦", "12345\0", "1e5", "+12345", "0x1234", "９９".repeat(40)], [123456, null, true, ["123456"], { code: "123456" }, undefined]])(
    "malformed ones cost nothing",
    async (...answers) => {
      const { grace, pass } = await graceAtTheSecondDoor();
      for (const code of answers) {
        const attempt = answerChallenge(house.ctx, { pass, kind: "totp", answer: { code }, sessionId: null });
        expect(await refused(attempt), JSON.stringify(code)).toBe("totp.malformed");
      }
      expect(await refused(answerChallenge(house.ctx, { pass, kind: "totp", answer: { code: "123456", userId: "x" }, sessionId: null }))).toBe("totp.malformed");
      expect((await rowOf(pass)).attemptsLeft).toBe(5);
      expect(await counter(house.ctx, lane(grace))).toMatchObject({ fails: 0, orphans: 0 });
    },
  );
});

describe("replays", () => {
  test("a code that was accepted is refused everywhere else, and costs that challenge a try but not the app", async () => {
    const { grace, app, pass } = await graceAtTheSecondDoor();
    await answer(house.ctx, pass, "totp", app.codeAt(now()));
    const second = await knock(house.stranger(), grace);
    const refusal = await refusalOf(answer(house.ctx, second.pass, "totp", app.codeAt(now())));
    expect(refusal.id).toBe("totp.already_used");
    expect((await rowOf(second.pass)).attemptsLeft).toBe(4);
    expect(await counter(house.ctx, lane(grace))).toMatchObject({ fails: 0, orphans: 0 });
  });

  test("an earlier code of the window is refused after a later one; the next code is welcome", async () => {
    const { grace, app, pass } = await graceAtTheSecondDoor();
    const earlier = app.codeAt(new Date(now().getTime() - seconds(30)));
    await answer(house.ctx, pass, "totp", app.codeAt(now()));
    const second = await knock(house.stranger(), grace);
    expect(await refused(answer(house.ctx, second.pass, "totp", earlier))).toBe("totp.already_used");
    expect((await answer(house.ctx, second.pass, "totp", app.codeAt(new Date(now().getTime() + seconds(30))))).purpose).toBe("LOGIN");
  });

  test("the same code twice in one login: the second finds the challenge over", async () => {
    const { app, pass } = await graceAtTheSecondDoor();
    await answer(house.ctx, pass, "totp", app.codeAt(now()));
    expect(await refused(answer(house.ctx, pass, "totp", app.codeAt(now())))).toBe("challenge.expired");
  });

  test("the owner's replays never give back a try that an attacker paid for", async () => {
    const { grace, app, pass } = await graceAtTheSecondDoor();
    await answer(house.ctx, pass, "totp", app.codeAt(now()));
    const attacker = await knock(house.stranger(), grace);
    await fail(attacker.pass, app, 4);
    const owner = await knock(house.stranger(), grace);
    for (let time = 0; time < 3; time += 1) await refused(answer(house.ctx, owner.pass, "totp", app.codeAt(now())));
    await answer(house.ctx, owner.pass, "totp", app.codeAt(new Date(now().getTime() + seconds(30))));
    expect((await counter(house.ctx, lane(grace))).orphans).toBe(4);
  });
});

describe("at once", () => {
  test("one code on one challenge, twenty times: one yes", async () => {
    const { grace, app, pass } = await graceAtTheSecondDoor();
    const outcomes = await Promise.allSettled(Array.from({ length: 20 }, () => answer(house.stranger(), pass, "totp", app.codeAt(now()))));
    expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    expect((await eventNames(house.ctx, grace.userId)).filter((name) => name === "challenge.answered")).toHaveLength(1);
  });

  test("one code on twenty challenges: one yes, and no loser's challenge is consumed", async () => {
    const { grace, app } = await graceAtTheSecondDoor();
    const passes: Pass[] = [];
    for (let index = 0; index < 20; index += 1) passes.push((await knock(house.stranger(), grace)).pass);
    const outcomes = await Promise.allSettled(passes.map((pass) => answer(house.stranger(), pass, "totp", app.codeAt(now()))));
    expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    expect(await house.db.challenge.count({ where: { userId: grace.userId, state: "SATISFIED" } })).toBe(1);
  });

  test("a loser's recovery code is not spent: the code and the authenticator race, one wins, one stays whole", async () => {
    const { grace, app, pass } = await graceAtTheSecondDoor();
    const codes = await withRecoveryCodes(house.ctx, grace);
    const outcomes = await Promise.allSettled([answer(house.stranger(), pass, "totp", app.codeAt(now())), answer(house.stranger(), pass, "recovery", codes[0] ?? ""), answer(house.stranger(), pass, "recovery", codes[1] ?? "")]);
    expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    const usedCodes = await house.db.recoveryCode.count({ where: { userId: grace.userId, usedAt: { not: null } } });
    const usedSteps = await house.db.factor.count({ where: { userId: grace.userId, lastStep: { not: null } } });
    expect(usedCodes + usedSteps).toBe(1);
  });

  test("thirty wrong codes on one challenge are judged five times", async () => {
    const { grace, app, pass } = await graceAtTheSecondDoor();
    const code = wrongCode(app.secret, now());
    const ids = await Promise.all(Array.from({ length: 30 }, () => refused(answer(house.stranger(), pass, "totp", code))));
    expect(ids.filter((id) => id === "totp.wrong_code")).toHaveLength(5);
    expect(await counter(house.ctx, lane(grace))).toMatchObject({ fails: 5, orphans: 5 });
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
    ["the account was disabled", (person) => house.db.user.update({ where: { id: person.userId }, data: { disabledAt: now() } })],
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

  test("made-up, stale and dead passes never touch the owner's counters", async () => {
    const { grace, app, pass } = await graceAtTheSecondDoor();
    await fail(pass, app, 5);
    const before = await counter(house.ctx, lane(grace));
    for (const bad of [pass, { ...pass, tokenId: "made-up" }, { challengeId: "made-up", tokenId: pass.tokenId }, { challengeId: "", tokenId: "" }])
      expect(await fail(bad, app, 10)).toEqual(Array.from({ length: 10 }, () => "challenge.expired"));
    expect(await counter(house.ctx, lane(grace))).toEqual(before);
  });

  test("Ada's code opens nothing of Grace's and is counted at Grace's challenge only", async () => {
    const [{ app: adas, grace: ada }, { grace, pass }] = [await graceAtTheSecondDoor(), await graceAtTheSecondDoor()];
    expect(await refused(answer(house.ctx, pass, "totp", adas.codeAt(now())))).toBe("totp.wrong_code");
    expect(await counter(house.ctx, lane(ada))).toMatchObject({ fails: 0 });
    expect(await counter(house.ctx, lane(grace))).toMatchObject({ fails: 1 });
    expect((await house.db.factor.findFirstOrThrow({ where: { userId: ada.userId } })).lastStep).toBeNull();
  });

  test("a secret that was copied into another person's row opens nothing there", async () => {
    const [{ app: adas, grace: ada }, { grace, pass }] = [await graceAtTheSecondDoor(), await graceAtTheSecondDoor()];
    const { secret } = await house.db.factor.findFirstOrThrow({ where: { userId: ada.userId } });
    await house.db.factor.updateMany({ where: { userId: grace.userId }, data: { secret } });
    expect(await refused(answer(house.ctx, pass, "totp", adas.codeAt(now())))).toBe("totp.wrong_code");
    expect(house.logged().some((line) => line.includes('"log":"alarm"'))).toBe(true);
  });
});

describe("what is given back", () => {
  test("a challenge that ends in success forgives its own failures; those of other challenges stay", async () => {
    const { grace, app, pass } = await graceAtTheSecondDoor();
    await fail(pass, app, 3);
    const owner = await knock(house.stranger(), grace);
    await fail(owner.pass, app, 2);
    expect(await counter(house.ctx, lane(grace))).toMatchObject({ fails: 5, orphans: 5 });
    await answer(house.ctx, owner.pass, "totp", app.codeAt(now()));
    expect(await counter(house.ctx, lane(grace))).toMatchObject({ fails: 0, orphans: 3, blockedUntil: null });
  });

  test("a success with a recovery code ends no wait of the authenticator app", async () => {
    const { grace, app, pass } = await graceAtTheSecondDoor();
    const codes = await withRecoveryCodes(house.ctx, grace);
    await fail(pass, app, 5);
    await fail((await knock(house.stranger(), grace)).pass, app, 4);
    const owner = await knock(house.stranger(), grace);
    await fail(owner.pass, app, 1);
    const before = await counter(house.ctx, lane(grace));
    expect(before.blockedUntil).not.toBeNull();
    await answer(house.ctx, owner.pass, "recovery", codes[0] ?? "");
    expect(await counter(house.ctx, lane(grace))).toMatchObject({ fails: 9, orphans: 9, blockedUntil: before.blockedUntil });
  });

  test("a fault of ours while judging costs nothing at all", async () => {
    const { grace, app, pass } = await graceAtTheSecondDoor();
    await whileBroken(house.ctx, () => expect(answer(house.stranger(), pass, "totp", app.codeAt(now()))).rejects.toThrow("broken"));
    expect((await rowOf(pass)).attemptsLeft).toBe(5);
    expect((await rowOf(pass)).paid).toEqual([]);
    expect(await counter(house.ctx, lane(grace))).toMatchObject({ fails: 0, orphans: 0 });
    expect((await answer(house.ctx, pass, "totp", app.codeAt(now()))).userId).toBe(grace.userId);
  });

  test("a full house at the last try costs nothing and kills nothing", async () => {
    const { grace, app, pass } = await graceAtTheSecondDoor();
    const codes = await withRecoveryCodes(house.ctx, grace);
    await fail(pass, app, 4);
    const places = fillTheHouse();
    expect(await refused(answer(house.ctx, pass, "recovery", codes[0] ?? ""))).toBe("hash.busy");
    await places.empty();
    expect(await rowOf(pass)).toMatchObject({ state: "OPEN", attemptsLeft: 1 });
    expect((await answer(house.ctx, pass, "recovery", codes[0] ?? "")).reveal).toHaveLength(1);
  });
});

/** Takes every place at the hashing table and every seat in its waiting room. */
function fillTheHouse(): { readonly empty: () => Promise<void> } {
  const count = 2 * availableParallelism() + policy.password.waitingRoom;
  const places = Array.from({ length: count }, () => takePlace(now()));
  return {
    empty: async () => {
      for (const place of places) (await place).leave();
    },
  };
}

describe("a trusted device", () => {
  async function atHome() {
    const grace = await makePerson(house.ctx);
    const app = await withTotp(house.ctx, grace);
    const { deviceToken } = await openSessionFor(house.ctx, grace);
    const come = async () => (await knock(house.stranger(), grace, { deviceToken })).pass;
    return { grace, app, come };
  }

  test("lets the owner answer while a stranger's wait runs", async () => {
    const { grace, app, come } = await atHome();
    for (let login = 0; login < 2; login += 1) await fail((await knock(house.stranger(), grace)).pass, app, 5);
    const stranger = await knock(house.stranger(), grace);
    expect(await refused(answer(house.stranger(), stranger.pass, "totp", app.codeAt(now())))).toBe("throttle.too_many");
    expect((await answer(house.ctx, await come(), "totp", app.codeAt(now()))).userId).toBe(grace.userId);
  });

  test("a replay there gives back its own try, and neither a stranger's count nor their wait", async () => {
    const { grace, app, come } = await atHome();
    await answer(house.ctx, await come(), "totp", app.codeAt(now()));
    for (let login = 0; login < 2; login += 1) await fail((await knock(house.stranger(), grace)).pass, app, 5);
    const before = await counter(house.ctx, lane(grace));
    expect(before).toMatchObject({ fails: 10, orphans: 10 });
    expect(await refused(answer(house.ctx, await come(), "totp", app.codeAt(now())))).toBe("totp.already_used");
    expect(await counter(house.ctx, lane(grace))).toEqual(before);
  });

  test("is forgotten after its ten wrong codes, which all count towards the cap of the binding", async () => {
    const { grace, app, come } = await atHome();
    for (let login = 0; login < 2; login += 1) await fail(await come(), app, 5);
    expect(await house.db.trustedDevice.count({ where: { userId: grace.userId } })).toBe(1);
    await fail(await come(), app, 1);
    expect(await house.db.trustedDevice.count({ where: { userId: grace.userId } })).toBe(0);
    expect(await counter(house.ctx, lane(grace))).toMatchObject({ fails: 1, orphans: 11 });
  });
});
