import { describe, expect, test } from "vitest";
import { answerChallenge } from "@/lib/challenge/answer-challenge";
import { claimLogin } from "@/lib/challenge/claim-login";
import { seconds } from "@/lib/kernel/duration";
import { graceIn } from "@/lib/testing/grace";
import { answer } from "@/lib/testing/second-door";
import { counter, eventNames, openHouse, refused } from "@/lib/testing/story";

const house = openHouse();
const { now, strangersKey, rowOf, graceAtTheSecondDoor, fail } = graceIn(house);

describe("the right code", () => {
  test("satisfies the challenge; the session is opened by the one claim that follows", async () => {
    const { grace, app, pass } = await graceAtTheSecondDoor();
    const answered = await answer(house.ctx, pass, "totp", app.codeAt(now()));
    expect(answered).toEqual({
      purpose: "LOGIN",
      userId: grace.userId,
      returnTo: "/security",
      reveal: null,
      mayTrust: false,
    });
    expect(await house.db.session.count({ where: { userId: grace.userId } })).toBe(0);
    const opened = await claimLogin(house.ctx, pass);
    expect(opened?.userId).toBe(grace.userId);
    expect(await house.db.session.findMany({ where: { userId: grace.userId } })).toMatchObject([
      { amr: ["pwd", "otp"], aal: 2, provenWith: "totp", challengeId: pass.challengeId },
    ]);
    expect((await rowOf(pass)).state).toBe("CONSUMED");
    expect(await eventNames(house.ctx, grace.userId)).toEqual([
      "login.password_accepted",
      "challenge.answered",
      "device.trusted",
      "session.opened",
    ]);
  });

  test("with spaces, dashes and full-width digits is read as six digits", async () => {
    for (const typed of [
      (code: string) => `${code.slice(0, 3)} ${code.slice(3)}`,
      (code: string) => `${code.slice(0, 3)}-${code.slice(3)}`,
      (code: string) => code.replace(/./g, (d) => String.fromCodePoint((d.codePointAt(0) ?? 0) + 0xfee0)),
    ]) {
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
    expect(await counter(house.ctx, strangersKey(grace))).toMatchObject({ fails: 1, orphans: 1 });
  });

  test("five of them kill the challenge: the sixth, right one is refused and costs the owner nothing", async () => {
    const { grace, app, pass } = await graceAtTheSecondDoor();
    expect(await fail(pass, app, 5)).toEqual(Array.from({ length: 5 }, () => "totp.wrong_code"));
    expect(await refused(answer(house.ctx, pass, "totp", app.codeAt(now())))).toBe("challenge.expired");
    expect((await rowOf(pass)).state).toBe("DEAD");
    expect(await counter(house.ctx, strangersKey(grace))).toMatchObject({ fails: 5, orphans: 5 });
    expect((await eventNames(house.ctx, grace.userId)).filter((name) => name === "challenge.died")).toHaveLength(1);
  });

  test("the five are shared by all kinds, and a kind that nobody bound costs a try too", async () => {
    const { app, pass } = await graceAtTheSecondDoor();
    for (let time = 0; time < 3; time += 1)
      expect(await refused(answer(house.ctx, pass, "recovery", "ABCD-EFGH-JKMN-PQRS"))).toBe("recovery.wrong_code");
    await fail(pass, app, 2);
    expect(await refused(answer(house.ctx, pass, "totp", app.codeAt(now())))).toBe("challenge.expired");
  });

  test("the password is no second door: it reads like any wrong answer", async () => {
    const { grace, pass } = await graceAtTheSecondDoor();
    expect(await refused(answer(house.ctx, pass, "password", grace.password))).toBe("password_proof.wrong");
    expect((await rowOf(pass)).attemptsLeft).toBe(4);
  });

  test.each([
    ["", "12345", "1234567", "abcdef", "١٢٣٤٥", "12345\0", "1e5", "+12345", "0x1234", "９９".repeat(40)],
    [123456, null, true, ["123456"], { code: "123456" }, undefined],
  ])("malformed ones cost nothing", async (...answers) => {
    const { grace, pass } = await graceAtTheSecondDoor();
    for (const code of answers) {
      const attempt = answerChallenge(house.ctx, { pass, kind: "totp", answer: { code }, sessionId: null });
      expect(await refused(attempt), JSON.stringify(code)).toBe("totp.malformed");
    }
    expect(
      await refused(
        answerChallenge(house.ctx, { pass, kind: "totp", answer: { code: "123456", userId: "x" }, sessionId: null }),
      ),
    ).toBe("totp.malformed");
    expect((await rowOf(pass)).attemptsLeft).toBe(5);
    expect(await counter(house.ctx, strangersKey(grace))).toMatchObject({ fails: 0, orphans: 0 });
  });
});
