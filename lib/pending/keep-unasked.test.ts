import { describe, expect, test } from "vitest";
import { answerChallenge } from "@/lib/challenge/answer-challenge";
import { findWays } from "@/lib/challenge/options";
import { readChallenge } from "@/lib/challenge/read-challenge";
import { startStepUp } from "@/lib/challenge/start-step-up";
import { config } from "@/lib/config/config";
import { sha256 } from "@/lib/crypto/digest";
import { usableKinds } from "@/lib/factors/on-offer";
import { readPasskeyData } from "@/lib/factors/passkey/data";
import { minutes } from "@/lib/kernel/duration";
import { keepUnasked, optionsUnasked } from "@/lib/pending/keep-unasked";
import { isDangerousRemoval, takesLastStrongOf } from "@/lib/pending/standing/last-strong";
import { freshActions, wantedBy } from "@/lib/policy/freshness";
import { type CurrentSession, isFresh } from "@/lib/sessions/session";
import { findLiveSession } from "@/lib/sessions/store";
import { lettersOf, sendingSettings } from "@/lib/testing/letters";
import { answerOf, passkeySettings, signInWith, withPasskey } from "@/lib/testing/passkeys";
import { settledActor } from "@/lib/testing/settled";
import { type Manners, softwareKey } from "@/lib/testing/software-key";
import { atSecondDoor, eventNames, openHouse, refused } from "@/lib/testing/story";
import { makePerson, type TestPerson, withTotp } from "@/lib/testing/test-context";
import { setSettings } from "@/lib/testing/test-settings";

const settings = { ...sendingSettings, ...passkeySettings, PASSKEY_UNASKED: "true" };
const house = openHouse(settings);
const unasked: Manners = { present: false, verified: false };

/** Somebody with an app, who has just logged in with their password and it, in a browser that has been known for a week. */
async function ada(changes: Partial<CurrentSession> & { readonly loggedInAgo?: number } = {}, device = 8) {
  const person = await makePerson(house.ctx);
  await withTotp(house.ctx, person);
  const { sessionId } = await settledActor(house.ctx, person, { device });
  const { loggedInAgo = 0, ...rest } = changes;
  const authTime = new Date(house.ctx.now.getTime() - loggedInAgo);
  await house.db.session.update({ where: { id: sessionId }, data: { authTime } });
  return { person, session: { ...(await sessionOf(sessionId)), ...rest } };
}

async function sessionOf(id: string): Promise<CurrentSession> {
  const token = `token of ${id}`;
  await house.db.session.update({ where: { id }, data: { tokenHash: sha256(token) } });
  const session = await findLiveSession(house.ctx, sha256(token));
  if (session === null) throw new Error("The session is live.");
  return session;
}

const factorsOf = ({ userId }: TestPerson) => house.db.factor.findMany({ where: { userId, kind: "passkey" } });

async function make(session: CurrentSession, manners: Manners = unasked, key = softwareKey()) {
  const options =
    (await optionsUnasked(house.ctx, session)) ?? JSON.stringify({ challenge: "bm8", rp: { id: "localhost" } });
  const answer = { credential: key.create(options, config().appUrl, manners) };
  const keeping = keepUnasked(house.stranger(), { session, answer, defaultLabel: "Passkey" });
  return { key, options: JSON.parse(options), keeping };
}

/** It answers as the second step of a login. */
async function serve({ userId }: TestPerson, key: ReturnType<typeof softwareKey>, verified: boolean) {
  const pass = await atSecondDoor(house.stranger(), userId);
  const answer = await answerOf(house.ctx, key, pass, { verified });
  await answerChallenge(house.stranger(), { pass, kind: "passkey", answer, sessionId: null });
}

test("a browser that was known for a week makes one: every address is told, and no session or stamp is touched", async () => {
  const { person, session } = await ada();
  const held = await withTheStamp(person);
  const { options, keeping } = await make(session);
  await keeping;
  expect(options).toMatchObject({ authenticatorSelection: { residentKey: "required", userVerification: "preferred" } });
  const [factor] = await factorsOf(person);
  expect(factor).toMatchObject({ state: "ACTIVE", label: "Passkey" });
  expect(readPasskeyData(factor?.data)).toMatchObject({ unasked: true, uvAtBinding: false });
  expect(await withTheStamp(person)).toEqual(held);
  expect((await lettersOf(house.ctx, person.userId)).map(({ kind }) => kind)).toContain("passkey.made_unasked");
  expect(await eventNames(house.ctx, person.userId)).toContain("passkey.made_unasked");
});

const withTheStamp = ({ userId }: TestPerson) =>
  house.db.user.findUnique({
    where: { id: userId },
    select: { credentialVersion: true, sessions: { select: { id: true } } },
  });

test("it opens the first door only after its person was verified behind a password, and a step without that changes nothing", async () => {
  const { person, session } = await ada();
  const { key, keeping } = await make(session, { present: true, verified: true });
  await keeping;
  expect(await refused(signInWith(house.stranger(), key))).toBe("passkey.unverified");
  await serve(person, key, false);
  expect(await refused(signInWith(house.stranger(), key))).toBe("passkey.unverified");
  await serve(person, key, true);
  await signInWith(house.stranger(), key);
  expect(readPasskeyData((await factorsOf(person))[0]?.data)).not.toHaveProperty("unasked");
});

test("until then it stands for nothing: no step-up or reset asks for it or takes it, an app's code is as fresh as before, and it goes at once", async () => {
  const { person, session } = await ada();
  const { key, keeping } = await make(session, { present: true, verified: true });
  const { factorId } = await keeping;
  const now = await sessionOf(session.id);
  const { userId } = person;
  const closed = freshActions.filter(
    (action) => !isFresh(now, house.ctx.now, { askable: usableKinds(now), wants: wantedBy(action) }),
  );
  expect(closed).toEqual([]);
  const pass = await startStepUp(house.stranger(), { session: now, action: "factor.add", returnTo: "/security" });
  expect(await readChallenge(house.ctx, pass)).toMatchObject({ options: ["totp"], whenLost: null });
  const forged = await answerOf(house.ctx, key, await atSecondDoor(house.stranger(), userId), { verified: true });
  const wrong = answerChallenge(house.stranger(), { pass, kind: "passkey", answer: forged, sessionId: session.id });
  expect(await refused(wrong)).toBe("passkey.wrong");
  const asked = { userId, policy: null, firstAmr: ["pwd"], deviceId: null } as const;
  expect((await findWays(house.ctx, { ...asked, purpose: "RESET" })).options).toEqual(["totp"]);
  expect((await findWays(house.ctx, { ...asked, purpose: "LOGIN" })).options).toContain("passkey");
  expect(await takesLastStrongOf(house.ctx, userId, { ids: [factorId] })).toBe(false);
  expect(await isDangerousRemoval(house.ctx, { userId, sessionId: session.id }, [factorId])).toBe(false);
});

test("beside a passkey of its owner's, no step-up takes it in that one's place", async () => {
  const { person, session } = await ada();
  const { key, keeping } = await make(session, { present: true, verified: true });
  await keeping;
  await withPasskey(house.ctx, person);
  const { sessionId } = await settledActor(house.ctx, person);
  const now = await sessionOf(sessionId);
  const pass = await startStepUp(house.stranger(), { session: now, action: "factor.add", returnTo: "/security" });
  const answer = await answerOf(house.ctx, key, pass, { verified: true });
  const taken = answerChallenge(house.stranger(), { pass, kind: "passkey", answer, sessionId: now.id });
  expect(await refused(taken)).toBe("passkey.wrong");
});

test("a key without a PIN learns nothing by it: only what a browser made is raised", async () => {
  const { person } = await ada();
  const key = await withPasskey(house.ctx, person, { uvAtBinding: false });
  await serve(person, key, true);
  expect(await refused(signInWith(house.stranger(), key))).toBe("passkey.unverified");
});

describe("none is made", () => {
  test.each([
    ["a session that was not opened with the password", { amr: ["pop", "user", "mfa"] }, 8],
    ["a session whose second step was a recovery code", { provenWith: "recovery" }, 8],
    ["a session whose second step was not asked for, because the browser is trusted", { provenWith: "password" }, 8],
    ["a browser that has been known for six days", {}, 6],
    ["a login of eleven minutes ago, with a fresh proof since", { loggedInAgo: minutes(11) }, 8],
  ] as const)("in %s", async (_, changes, device) => {
    const { person, session } = await ada(changes, device);
    expect(await optionsUnasked(house.ctx, session)).toBeNull();
    expect(await refused((await make(session)).keeping)).toBe("passkey.not_kept");
    expect(await factorsOf(person)).toEqual([]);
  });

  test("until the operator says so, nor after a restore, which has forgotten what was bound, until the operator vouches for it", async () => {
    const { session } = await ada();
    setSettings({ ...settings, PASSKEY_UNASKED: "false" });
    expect(await optionsUnasked(house.ctx, session)).toBeNull();
    setSettings(settings);
    expect(await optionsUnasked(house.ctx, session)).not.toBeNull();
    const { now } = house.ctx;
    await house.db.restore.create({ data: { id: "r", restoredAt: now, setBackTo: now, version: "1" } });
    expect(await optionsUnasked(house.ctx, session)).toBeNull();
    await house.db.restore.updateMany({ data: { vouchedAt: now } });
    expect(await optionsUnasked(house.ctx, session)).not.toBeNull();
    await house.db.restore.deleteMany();
  });

  test("as an account's first factor: nobody is asked for what they have never seen", async () => {
    const person = await makePerson(house.ctx);
    const { sessionId } = await settledActor(house.ctx, person);
    await house.db.session.update({ where: { id: sessionId }, data: { authTime: house.ctx.now } });
    expect(await optionsUnasked(house.ctx, await sessionOf(sessionId))).toBeNull();
  });

  test("beside a passkey that was not the proof: an app's code hands on no factor", async () => {
    const person = await makePerson(house.ctx);
    await withTotp(house.ctx, person);
    await withPasskey(house.ctx, person);
    const { sessionId } = await settledActor(house.ctx, person);
    await house.db.session.update({ where: { id: sessionId }, data: { authTime: house.ctx.now } });
    const proven = async (provenWith: string) => {
      await house.db.session.update({ where: { id: sessionId }, data: { provenWith } });
      return optionsUnasked(house.ctx, await sessionOf(sessionId));
    };
    expect(await proven("totp")).toBeNull();
    expect(await proven("passkey")).not.toBeNull();
  });

  test("where its person said that others use the computer too, though the browser has been known for long", async () => {
    const { session } = await ada();
    await house.db.session.update({ where: { id: session.id }, data: { isShared: true } });
    expect(await optionsUnasked(house.ctx, session)).toBeNull();
    expect(await refused((await make(session)).keeping)).toBe("passkey.not_kept");
  });

  test("by an answer to the options of somebody else's session", async () => {
    const [one, other] = [await ada(), await ada()];
    const options = (await optionsUnasked(house.ctx, one.session)) ?? "";
    const answer = { credential: softwareKey().create(options, config().appUrl, unasked) };
    const keeping = keepUnasked(house.stranger(), { session: other.session, answer, defaultLabel: "Passkey" });
    expect(await refused(keeping)).toBe("passkey.not_kept");
  });

  test("a second time: not by the same answer, not by another tab in the same moment, and not when the first was removed", async () => {
    const { person, session } = await ada();
    const both = await Promise.all([make(session), make(session)]);
    const ends = await Promise.allSettled(both.map(({ keeping }) => keeping));
    expect(ends.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    expect(await factorsOf(person)).toHaveLength(1);
    await house.db.factor.deleteMany({ where: { userId: person.userId, kind: "passkey" } });
    expect(await optionsUnasked(house.ctx, session)).toBeNull();
  });

  test.each<readonly [string, Manners]>([
    ["made for the challenge of another place", { challenge: "ZWxzZXdoZXJl" }],
    ["made at another origin", { origin: "https://elsewhere.test" }],
    ["made in a frame of somebody else's", { crossOrigin: true }],
    ["made for another name", { rpId: "elsewhere.test" }],
    ["an answer of a login", { type: "webauthn.get" }],
  ])("of what was %s", async (_, manners) => {
    const { person, session } = await ada();
    expect(await refused((await make(session, { ...unasked, ...manners })).keeping)).toBe("passkey.not_kept");
    expect(await factorsOf(person)).toEqual([]);
  });

  test("of a credential that somebody has, which its keeper must not drop", async () => {
    const [one, other] = [await ada(), await ada()];
    const { key, keeping } = await make(one.session);
    await keeping;
    expect(await refused((await make(other.session, unasked, key)).keeping)).toBe("passkey.not_new");
  });
});
