import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import { findEmailChange, findProof, insertEmailChange, replaceProof } from "@/lib/account/contacts/store";
import { backupOf, emptyPlaces, inHouse, restoreInto } from "@/lib/backup/backup.kit";
import type { Restored } from "@/lib/backup/restore-backup";
import type { Ctx } from "@/lib/context/context";
import { checkKeyring } from "@/lib/crypto/canary";
import { sha256 } from "@/lib/crypto/digest";
import { makeIndexKeys } from "@/lib/crypto/index-keys";
import { ensure } from "@/lib/kernel/assert";
import { hours, later, minutes } from "@/lib/kernel/duration";
import { findRegistration, newRegistrationLink } from "@/lib/links/registration-link";
import { addResetLink, findResetLink } from "@/lib/links/store";
import { invitePerson } from "@/lib/operator/invite-person";
import { askForChange } from "@/lib/pending/ask-for-change";
import { actorOf } from "@/lib/sessions/acting-session";
import { findLiveSession } from "@/lib/sessions/store";
import { lettersOf, sendingSettings } from "@/lib/testing/letters";
import { answer } from "@/lib/testing/second-door";
import { atSecondDoor, knock, openHouse, refused } from "@/lib/testing/story";
import { makePerson, type TestApp, type TestPerson, withRecoveryCodes, withTotp } from "@/lib/testing/test-context";
import { setSettings } from "@/lib/testing/test-settings";
import { enterIn, type Jar } from "@/lib/testing/trusted-browser";
import { findOpenUnlock, insertUnlock, isWaitingLink } from "@/lib/unlocks/store";
import { takePasswordAway } from "@/lib/users/password/store";

const settings = { ...sendingSettings, TRUST_DEVICES: "14" };
const house = openHouse(settings);
const emptyPlace = emptyPlaces();

/** Somebody who has, at the moment of the backup, all that can be open in a house. */
let ada: TestPerson;
let app: TestApp;
let codes: readonly string[];
let sessionToken: string;
let sessionId: string;
let registration: string;
/** A browser that she trusts. */
const jar: Jar = { devices: null };
const [reset, unlock, revert] = [sha256("reset"), sha256("unlock"), sha256("revert")];
let backup: Buffer;
let url: string;
let restored: Restored;
/** How many links were open when the restore was done. */
let openLinks: number;

beforeAll(async () => {
  const { ctx } = house;
  await checkKeyring(house.db);
  await makeIndexKeys(house.db);
  ada = await makePerson(ctx, { email: "ada@example.test" });
  app = await withTotp(ctx, ada);
  codes = await withRecoveryCodes(ctx, ada);
  await moveInBrowser(ctx);
  await openEverything(ctx);
  backup = await backupOf(ctx, house.url);
  url = await emptyPlace();
  restored = await restoreInto(ctx, url, backup);
  openLinks = await there(({ db }) => db.oneTimeLink.count({ where: { spentAt: null } }));
});
beforeEach(() => setSettings(settings));

/** She is in, in a browser that she trusts, and a change of hers waits. */
async function moveInBrowser(ctx: Ctx): Promise<void> {
  const { opened } = await enterIn(ctx, ada, { jar, trusts: true });
  sessionToken = opened.sessionToken;
  const session = await findLiveSession(ctx, sha256(sessionToken));
  ensure(session, "the session is live");
  sessionId = session.id;
  expect(await askForChange(ctx, actorOf(session), "data.download", {})).toMatchObject({ done: false });
}

/** Every kind of link, and an address that waits for its code. */
async function openEverything(ctx: Ctx): Promise<void> {
  const { userId } = ada;
  const expiresAt = later(ctx.now, hours(1));
  await invitePerson(ctx, { email: "new@example.test", username: null, isAdmin: false, by: "cli" });
  await addResetLink(ctx, { hash: reset, userId, sentTo: "", expiresAt }, 3);
  registration = (await newRegistrationLink(ctx, "comer@example.test")).split("/").at(-1) ?? "";
  await insertUnlock(ctx, { id: "u", userId, linkHash: unlock, waitHash: sha256("wait"), codeHash: sha256("code") });
  const proof = {
    id: "p",
    userId,
    sessionId,
    purpose: "further",
    address: "",
    hash: sha256("code"),
    expiresAt,
  } as const;
  await replaceProof(ctx, proof);
  const moved = { userId, former: "was@example.test", formerConfirmedAt: ctx.now, next: ada.email, revertHash: revert };
  await insertEmailChange(ctx, moved);
}

/** In the restored house, whose clock goes on with ours. */
const there = <T>(work: (ctx: Ctx) => Promise<T>) => inHouse(url, house.clock, work);

test("whoever has a session that was ended since the backup has nothing", async () => {
  expect(await findLiveSession(house.ctx, sha256(sessionToken))).not.toBeNull(); // in the house that was backed up it lives
  expect(await there((ctx) => findLiveSession(ctx, sha256(sessionToken)))).toBeNull();
});

test("whoever has a browser that was trusted, and forgotten since, is asked for the second step", async () => {
  const [here, restoredJar] = [{ ...jar }, { ...jar }];
  expect(await enterIn(house.ctx, ada, { jar: here })).toMatchObject({ isAsked: false });
  expect(await there((ctx) => ctx.db.device.count())).toBe(0); // beside the raised stamp, which alone would ask too
  expect(await there((ctx) => enterIn(ctx, ada, { jar: restoredJar }))).toMatchObject({ isAsked: true });
});

test("whoever has a recovery code that was used, or replaced, since the backup has nothing", () =>
  there(async (ctx) => {
    await refused(answer(ctx, await atSecondDoor(ctx, ada.userId), "recovery", codes[0] ?? ""));
    expect(await ctx.db.recoveryCode.count()).toBe(0);
    expect(restored.codesVoided).toBe(1);
  }));

test("a code of an app that is right at that moment is spent, and the one after the next is good", () =>
  there(async (ctx) => {
    const pass = await atSecondDoor(ctx, ada.userId);
    expect(await refused(answer(ctx, pass, "totp", app.codeAt(ctx.now)))).toBe("totp.already_used");
    house.clock.move(minutes(1.5));
    expect(await answer(ctx, await atSecondDoor(ctx, ada.userId), "totp", app.codeAt(ctx.now))).toBeTruthy();
  }));

test("no link of before opens anything, and the operator reads whose invitation it was", () =>
  there(async (ctx) => {
    expect(restored.invited).toEqual(["new@example.test"]);
    expect(await findResetLink(ctx, reset)).toBeNull();
    expect(await findRegistration(ctx, registration)).toBeNull();
    expect(await isWaitingLink(ctx, unlock)).toBe(false);
    expect(await findOpenUnlock(ctx, ada.userId, unlock)).toBeNull();
    expect(await findProof(ctx, { userId: ada.userId, sessionId, purpose: "further" })).toBeNull();
    expect(openLinks).toBe(0);
    expect((await ctx.db.unlock.count()) + (await ctx.db.contactProof.count())).toBe(0);
  }));

test("the old mailbox can still take a change of the login e-mail back", async () => {
  expect(await there((ctx) => findEmailChange(ctx, revert))).toMatchObject({ isOpen: true });
});

test("what waited is refused, with its event and its letter", () =>
  there(async (ctx) => {
    expect(restored.refused).toBe(1);
    const refusedRow = { state: "REFUSED", why: "pending.restored", data: null };
    expect(await ctx.db.pendingChange.findMany()).toMatchObject([refusedRow]);
    expect(await ctx.db.securityEvent.count({ where: { name: "pending.refused", subjectId: ada.userId } })).toBe(1);
    expect((await lettersOf(ctx, ada.userId)).map(({ kind }) => kind)).toContain("change.refused");
  }));

test("everybody who was ever in gets one letter, the house knows the moment, and each person has something to read", () =>
  there(async (ctx) => {
    const letters = await ctx.db.letter.findMany({ where: { kind: "portal.restored" } });
    expect(letters.map(({ userId }) => userId)).toEqual([ada.userId]);
    expect(await ctx.db.restore.findMany()).toMatchObject([{ setBackTo: restored.to }]);
    expect(await ctx.db.user.count({ where: { setBackTo: null } })).toBe(0);
    expect(await ctx.db.securityEvent.count({ where: { name: "portal.restored" } })).toBe(1);
    expect(restored.changed.map(({ email }) => email)).toContain("ada@example.test");
  }));

describe("with --new-passwords", () => {
  test("whoever has everybody's passwords has nothing, and no alarm's old one leads anywhere either", async () => {
    const grace = await makePerson(house.ctx, { email: "grace@example.test" });
    house.clock.move(minutes(1));
    await takePasswordAway(house.ctx, grace.userId, house.ctx.now);
    const closed = await backupOf(house.ctx, house.url);
    url = await emptyPlace();
    await restoreInto(house.ctx, url, closed, { newPasswords: true });
    await there(async (ctx) => {
      for (const person of [ada, grace]) expect(await refused(knock(ctx, person))).toBe("login.wrong");
      const kept = { OR: [{ passwordHash: { not: null } }, { closedPassword: { not: null } }] };
      expect(await ctx.db.user.count({ where: kept })).toBe(0);
    });
  });
});
