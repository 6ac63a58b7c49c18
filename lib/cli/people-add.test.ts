import { describe, expect, test } from "vitest";
import { acceptInvitation } from "@/lib/account/accept-invitation";
import { commandLine, tokenOf } from "@/lib/cli/command-line.kit";
import { sha256 } from "@/lib/crypto/digest";
import { throttleRules } from "@/lib/policy/throttle-rules";
import { makePerson, withRecoveryCodes, withTotp } from "@/lib/testing/test-context";
import { bucketKey } from "@/lib/throttle/bucket";
import { consumeWaitingTry } from "@/lib/throttle/waiting/store";

const { house, now, portal, json, events } = commandLine();

describe("people add", () => {
  test("prints a link with which the person, and only once, sets a password", async () => {
    const { code, document } = await json("people add Grace@Example.test --username Grace --admin");
    expect({ code, document }).toMatchObject({
      code: 0,
      document: { ok: true, email: "grace@example.test", isAdmin: true, expiresAt: expect.stringMatching(/Z$/) },
    });
    const token = tokenOf(document.link);
    await acceptInvitation(now(), { token, password: "seven quiet herons at dawn" });
    await expect(acceptInvitation(now(), { token, password: "seven quiet herons at dawn" })).rejects.toThrow(
      "setup.link_over",
    );
    expect(await house().db.user.findFirst()).toMatchObject({
      username: "grace",
      isAdmin: true,
      email: "grace@example.test",
    });
    expect(await events()).toEqual([
      { name: "account.created", actorId: null, meta: { admin: true, by: "cli" } },
      { name: "invitation.created", actorId: null, meta: { by: "cli" } },
    ]);
  });

  test("the link is stored as a hash and stands in no event", async () => {
    const { out } = await portal("people add ada@example.test");
    const token = out.match(/inv_[\w-]{43}/)?.[0] ?? "none";
    const kept = JSON.stringify([
      await house().db.oneTimeLink.findMany(),
      await house().db.user.findMany(),
      await events(),
    ]);
    expect(kept).not.toContain(token);
    expect(kept).toContain(sha256(token));
  });

  test.each([
    ["people add ada@example.test", "setup.taken"],
    ["people add other@example.test --username ada", "setup.taken"],
    ["people add nonsense", "setup.bad_email"],
    ["people add other@example.test --username a@b", "setup.bad_username"],
  ])("%s is refused with a sentence and changes nothing", async (line, id) => {
    await portal("people add ada@example.test --username ada");
    const before = await events();
    expect(await json(line)).toMatchObject({ code: 1, document: { ok: false, error: { id } } });
    expect(await portal(line)).toMatchObject({ code: 1, out: "", err: expect.stringMatching(/\.\n$/) });
    expect(await house().db.user.count()).toBe(1);
    expect(await events()).toEqual(before);
  });

  test("ten at once make one account and one link", async () => {
    const runs = await Promise.all(Array.from({ length: 10 }, () => portal("people add ada@example.test")));
    expect(runs.filter(({ code }) => code === 0)).toHaveLength(1);
    expect(runs.filter(({ code }) => code === 1)).toHaveLength(9);
    expect(await house().db.oneTimeLink.count()).toBe(1);
  });
});

describe("people list", () => {
  test("shows who is there, what protects them and who must wait, and writes nothing", async () => {
    expect(await portal("people list")).toMatchObject({ code: 0, out: expect.stringContaining("setup-link") });
    const grace = await makePerson(house().ctx, { email: "grace@example.test", username: "grace" });
    await withTotp(house().ctx, grace);
    await withRecoveryCodes(house().ctx, grace);
    await portal("people add hedy@example.test --admin");
    await portal("people policy hedy@example.test --count 2");
    const rule = throttleRules["password.strangers"];
    for (let tries = 0; tries < 5; tries += 1)
      await consumeWaitingTry(now(), bucketKey("password.strangers", grace.userId), rule);
    const { code, document } = await json("people list");
    expect(code).toBe(0);
    const shown = { createdAt: expect.any(String), lastLoginAt: null };
    expect(document).toEqual({
      ok: true,
      people: [
        {
          userId: grace.userId,
          email: "grace@example.test",
          username: "grace",
          phone: null,
          isAdmin: false,
          state: "active",
          factors: { totp: 1 },
          owes: 0,
          hasOwnPolicy: false,
          recoveryCodes: 10,
          passwordWaitsUntil: expect.any(String),
          ...shown,
        },
        {
          userId: expect.any(String),
          email: "hedy@example.test",
          username: null,
          phone: null,
          isAdmin: true,
          state: "invited",
          factors: {},
          owes: 2,
          hasOwnPolicy: true,
          recoveryCodes: 0,
          passwordWaitsUntil: null,
          ...shown,
        },
      ],
    });
    const { out } = await portal("people list");
    expect(out).toMatch(
      /^EMAIL +USERNAME +PHONE +ROLE +STATE +FACTORS +OWES +CODES +LAST LOGIN +PASSWORD WAITS UNTIL\n/,
    );
    expect(out).toMatch(/grace@example\.test +grace +- +person +active +totp +0 +10 +-/);
    expect(out).toMatch(/hedy@example\.test +- +- +admin +invited +- +2 \* +0 +-/);
    expect(out).not.toMatch(/argon2|v1\.one/);
  });
});
