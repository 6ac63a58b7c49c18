import { afterEach, describe, expect, test } from "vitest";
import { readInvitation } from "@/lib/account/accept-invitation";
import { findApiSession } from "@/lib/auth/api-session";
import { findLiveChallenge } from "@/lib/challenge/store";
import { commandLine, tokenOf, unknownPerson } from "@/lib/cli/command-line.kit";
import { sha256 } from "@/lib/crypto/digest";
import { findLiveSession } from "@/lib/sessions/store";
import { lettersOf, sendingSettings } from "@/lib/testing/letters";
import { knock, refused } from "@/lib/testing/story";
import { makePerson, openSessionFor, withTotp } from "@/lib/testing/test-context";
import { setSettings } from "@/lib/testing/test-settings";

const { house, now, portal, json, events } = commandLine();
const off = Object.fromEntries(Object.keys(sendingSettings).map((name) => [name, ""]));
const state = async (id: string) => (await house().db.user.findUniqueOrThrow({ where: { id } })).disabledAt;
const boss = () => makePerson(house().ctx, { email: "boss@example.test", isAdmin: true });

afterEach(() => setSettings(off));

describe("people disable", () => {
  test("ends everything that somebody has open, in apps too, and a login reads like one with a wrong password", async () => {
    const ada = await makePerson(now(), { email: "ada@example.test" });
    await withTotp(now(), ada);
    const { pass } = await knock(now(), ada);
    const { token, deviceToken, session } = await openSessionFor(now(), ada);
    await house().db.session.update({ where: { id: session.id }, data: { clientId: "shop" } });
    const portalToken = (await openSessionFor(now(), ada)).token;
    const secret = {
      sessionId: session.id,
      userId: ada.userId,
      secret: token,
      issuedAt: now().now,
      expiresAt: now().now,
    };
    expect(await findApiSession(now(), "shop", secret)).not.toBeNull();
    expect(await findLiveSession(now(), sha256(portalToken))).not.toBeNull();
    expect(await findLiveChallenge(now(), pass)).not.toBeNull();
    expect(await json("people disable ADA@example.test")).toEqual({
      code: 0,
      document: { ok: true, userId: ada.userId, email: ada.email, sessions: 2 },
    });
    expect(await findApiSession(now(), "shop", secret)).toBeNull();
    expect(await findLiveSession(now(), sha256(portalToken))).toBeNull();
    expect(await findLiveChallenge(now(), pass)).toBeNull();
    expect(await house().db.session.count()).toBe(0);
    expect(await house().db.device.count()).toBe(0);
    expect(await refused(knock(now(), ada))).toBe("login.wrong");
    expect(await refused(knock(now(), ada, { deviceToken }))).toBe("login.wrong");
    expect(await events()).toEqual([{ name: "account.disabled", actorId: null, meta: { by: "cli", sessions: 2 } }]);
  });

  test("is told at every address, and so is the end of it", async () => {
    setSettings(sendingSettings);
    const ada = await makePerson(house().ctx, { email: "ada@example.test" });
    await portal("people disable ada@example.test");
    await portal("people enable ada@example.test");
    expect((await lettersOf(house().ctx, ada.userId)).map(({ kind, to }) => [kind, to])).toEqual([
      ["account.disabled", ada.email],
      ["account.enabled", ada.email],
    ]);
  });

  test("voids a link to choose a password: a thief with the invitation gets nowhere, also after the account is open again", async () => {
    const { document } = await json("people add ada@example.test");
    await portal("people disable ada@example.test");
    expect(await readInvitation(now(), tokenOf(document.link))).toBeNull();
    const { out } = await portal("people enable ada@example.test");
    expect(out).toContain("They have no password yet: npm run portal -- people invite ada@example.test");
    expect(await readInvitation(now(), tokenOf(document.link))).toBeNull();
  });

  test("never shuts the last administrator who can log in; five at once leave one", async () => {
    const first = await boss();
    expect(await json("people disable boss@example.test")).toMatchObject({
      code: 1,
      document: { error: { id: "account.last_administrator" } },
    });
    await portal("people add invited@example.test --admin");
    expect((await json("people disable boss@example.test")).code, "an invited one cannot log in yet").toBe(1);
    for (const name of ["a", "b", "c", "d"])
      await makePerson(house().ctx, { email: `${name}@example.test`, isAdmin: true });
    await Promise.all(["boss", "a", "b", "c", "d"].map((name) => portal(`people disable ${name}@example.test`)));
    const left = await house().db.user.count({
      where: { isAdmin: true, disabledAt: null, passwordHash: { not: null } },
    });
    expect(left).toBe(1);
    expect(await state(first.userId)).toSatisfy((at: unknown) => at === null || at instanceof Date);
  });

  test("twice changes nothing, and a stranger is told", async () => {
    await makePerson(house().ctx, { email: "ada@example.test" });
    await portal("people disable ada@example.test");
    expect(await json("people disable ada@example.test")).toMatchObject({
      code: 1,
      document: { error: { id: "account.disabled_already" } },
    });
    expect(await events()).toHaveLength(1);
    expect(await json("people disable nobody@example.test")).toEqual({ code: 1, document: unknownPerson });
  });
});

describe("people enable", () => {
  test("lets somebody log in as before; what had ended stays over", async () => {
    const ada = await makePerson(house().ctx, { email: "ada@example.test" });
    const { token } = await openSessionFor(now(), ada);
    await portal("people disable ada@example.test");
    expect(await json("people enable ada@example.test")).toMatchObject({ code: 0, document: { needsLink: false } });
    expect((await knock(now(), ada)).userId).toBe(ada.userId);
    expect(await findLiveSession(house().ctx, sha256(token))).toBeNull();
    expect(await json("people enable ada@example.test")).toMatchObject({
      code: 1,
      document: { error: { id: "account.not_disabled" } },
    });
    expect(await json("people enable nobody@example.test")).toEqual({ code: 1, document: unknownPerson });
  });
});
