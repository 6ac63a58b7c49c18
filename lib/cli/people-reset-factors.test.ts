import { describe, expect, test } from "vitest";
import { answerChallenge } from "@/lib/challenge/answer-challenge";
import { commandLine, unknownPerson } from "@/lib/cli/command-line.kit";
import { sha256 } from "@/lib/crypto/digest";
import { beginEnrolment } from "@/lib/factors/begin-enrolment";
import { binderOf } from "@/lib/factors/binder-of";
import { logInWithPassword } from "@/lib/login/log-in-with-password";
import { ruleOfKind } from "@/lib/policy/throttle-rules";
import { findLiveSession } from "@/lib/sessions/store";
import { makePerson, openSessionFor, withRecoveryCodes, withTotp } from "@/lib/testing/test-context";
import { bucketKey } from "@/lib/throttle/bucket";
import { findBucket } from "@/lib/throttle/store";
import { consumeWaitingTry } from "@/lib/throttle/waiting/store";

const { house, now, portal, json, events } = commandLine();

describe("people reset-factors", () => {
  test("takes every factor, code and session, and leaves the password", async () => {
    const ada = await makePerson(house().ctx, { email: "ada@example.test", isAdmin: true });
    await withTotp(house().ctx, ada);
    await withTotp(house().ctx, ada, "Tablet");
    await withRecoveryCodes(house().ctx, ada);
    const { token, actor } = await openSessionFor(house().ctx, ada);
    await beginEnrolment(house().ctx, { binder: binderOf(actor), kind: "totp", replacesId: null, given: {} });
    const stranger = await makePerson(house().ctx);
    await withTotp(house().ctx, stranger);
    const { code, document } = await json("people reset-factors ada@example.test --yes");
    const gone = { factors: 2, codes: 10, sessions: 1 };
    expect({ code, document }).toEqual({
      code: 0,
      document: { ok: true, userId: ada.userId, email: ada.email, ...gone, mustEnrol: true },
    });
    expect(await findLiveSession(house().ctx, sha256(token))).toBeNull();
    const mine = { where: { userId: ada.userId } };
    const { factor, recoveryCode, session } = house().db;
    expect(await Promise.all([factor.count(mine), recoveryCode.count(mine), session.count(mine)])).toEqual([0, 0, 0]);
    expect(await house().db.factor.count()).toBe(1);
    const credentials = { identifier: ada.email, password: ada.password, deviceToken: null, returnTo: "/" };
    expect((await logInWithPassword(now(), credentials)).next).toBe("enrol");
    expect(await events()).toEqual([{ name: "account.factors_reset", actorId: null, meta: { by: "cli", ...gone } }]);
  });

  test("a login that stood between the doors is void", async () => {
    const ada = await makePerson(house().ctx, { email: "ada@example.test" });
    const app = await withTotp(house().ctx, ada);
    const credentials = { identifier: ada.email, password: ada.password, deviceToken: null, returnTo: "/" };
    const { pass } = await logInWithPassword(house().ctx, credentials);
    await portal("people reset-factors ada@example.test --yes");
    const answer = { code: app.codeAt(house().ctx.now) };
    await expect(answerChallenge(house().ctx, { pass, kind: "totp", answer, sessionId: null })).rejects.toThrow(
      "challenge.expired",
    );
  });

  test("what is bound afterwards starts with a fresh cap", async () => {
    const ada = await makePerson(house().ctx, { email: "ada@example.test" });
    await withTotp(house().ctx, ada);
    const key = bucketKey("factor.totp", ada.userId);
    await consumeWaitingTry(house().ctx, key, ruleOfKind("totp"));
    house().clock.move(1000);
    await portal("people reset-factors ada@example.test --yes");
    expect(await findBucket(house().ctx, key)).toBeNull();
  });

  test.each([
    [undefined, 2, /Add --yes/],
    ["", 1, /Nothing was changed/],
    ["grace@example.test", 1, /Nothing was changed/],
    [null, 1, /Nothing was changed/],
  ])("without --yes and with the answer %j nothing happens", async (answer, code, sentence) => {
    const ada = await makePerson(house().ctx, { email: "ada@example.test" });
    await withTotp(house().ctx, ada);
    expect(await portal("people reset-factors ada@example.test", answer)).toMatchObject({
      code,
      out: "",
      err: expect.stringMatching(sentence),
    });
    expect(await house().db.factor.count()).toBe(1);
    expect(await events()).toEqual([]);
  });

  test("the email typed again confirms it", async () => {
    await makePerson(house().ctx, { email: "ada@example.test" });
    const { code, out, asked } = await portal("people reset-factors ada@example.test", "Ada@example.test ");
    expect({ code, out }).toEqual({
      code: 0,
      out: "ada@example.test: 0 factors and 0 recovery codes removed, 0 sessions ended. The password alone opens the account now: ask them to set up a new one.\n",
    });
    expect(asked).toHaveLength(1);
  });

  test("a stranger is told, whatever was confirmed", async () => {
    expect(await json("people reset-factors nobody@example.test --yes")).toEqual({ code: 1, document: unknownPerson });
  });

  test("five at once leave one state and five records", async () => {
    const ada = await makePerson(house().ctx, { email: "ada@example.test" });
    await withTotp(house().ctx, ada);
    const runs = await Promise.all(
      Array.from({ length: 5 }, () => json("people reset-factors ada@example.test --yes")),
    );
    expect(runs.map(({ document }) => document.factors).sort()).toEqual([0, 0, 0, 0, 1]);
    expect(await events()).toHaveLength(5);
  });
});
