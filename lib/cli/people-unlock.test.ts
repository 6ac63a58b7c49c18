import { describe, expect, test } from "vitest";
import { commandLine, unknownPerson } from "@/lib/cli/command-line.kit";
import { logInWithPassword } from "@/lib/login/log-in-with-password";
import { capOfBinding, ruleOfKind } from "@/lib/policy/throttle-rules";
import { makePerson, withTotp } from "@/lib/testing/test-context";
import { bucketKey } from "@/lib/throttle/bucket";
import { findBucket } from "@/lib/throttle/store";
import { consumeWaitingTry } from "@/lib/throttle/waiting/store";

const { house, now, portal, json, events } = commandLine();

describe("people unlock", () => {
  test("lets a person whom strangers keep out try again", async () => {
    const ada = await makePerson(house().ctx, { email: "ada@example.test" });
    const right = { identifier: ada.email, password: ada.password, deviceToken: null, returnTo: "/" };
    for (let tries = 0; tries < 5; tries += 1) {
      await expect(logInWithPassword(now(), { ...right, password: "wrong" })).rejects.toThrow("login.wrong");
    }
    await house().db.user.update({ where: { id: ada.userId }, data: { passwordFailures: 100 } });
    await expect(logInWithPassword(now(), right)).rejects.toThrow("throttle.too_many");
    const expected = { ok: true, userId: ada.userId, email: ada.email, closed: [] };
    expect(await json("people unlock ada@example.test")).toEqual({ code: 0, document: expected });
    expect((await logInWithPassword(now(), right)).userId).toBe(ada.userId);
    expect(await events()).toEqual([{ name: "account.unlocked", actorId: null, meta: { by: "cli" } }]);
  });

  test("ends the wait of a factor but keeps what counts towards the cap of its binding", async () => {
    const ada = await makePerson(house().ctx, { email: "ada@example.test" });
    await withTotp(house().ctx, ada);
    const key = bucketKey("factor.totp", ada.userId);
    for (let tries = 0; tries < 12; tries += 1) await consumeWaitingTry(now(), key, ruleOfKind("totp"));
    const before = await findBucket(now(), key);
    expect(before?.blockedUntil).not.toBeNull();
    await portal("people unlock ada@example.test");
    expect(await findBucket(now(), key)).toMatchObject({ fails: 0, blockedUntil: null, orphans: before?.orphans });
  });

  test("does not open a factor that has reached its cap, and says so", async () => {
    const ada = await makePerson(house().ctx, { email: "ada@example.test" });
    await withTotp(house().ctx, ada);
    const key = bucketKey("factor.totp", ada.userId);
    await consumeWaitingTry(house().ctx, key, ruleOfKind("totp"));
    await house().db.bucket.update({ where: { key }, data: { fails: 3, orphans: capOfBinding } });
    expect((await json("people unlock ada@example.test")).document).toMatchObject({ ok: true, closed: ["totp"] });
    expect((await portal("people unlock ada@example.test")).out).toContain("Still closed");
    expect(await findBucket(house().ctx, key)).toMatchObject({ orphans: capOfBinding });
  });

  test("a stranger is told", async () => {
    expect(await json("people unlock nobody@example.test")).toEqual({ code: 1, document: unknownPerson });
  });
});
