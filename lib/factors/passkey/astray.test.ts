import { describe, expect, test } from "vitest";
import { answerChallenge } from "@/lib/challenge/answer-challenge";
import type { Pass } from "@/lib/challenge/challenge";
import { readPendingPrepared } from "@/lib/challenge/enrol-at-login";
import { readPrepared } from "@/lib/challenge/read-challenge";
import { answerInput } from "@/lib/challenge/schema";
import { startStepUp } from "@/lib/challenge/start-step-up";
import { config } from "@/lib/config/config";
import { sha256 } from "@/lib/crypto/digest";
import { beginEnrolment } from "@/lib/factors/begin-enrolment";
import { binderOf } from "@/lib/factors/binder-of";
import { confirmEnrolment } from "@/lib/factors/confirm-enrolment";
import { userHandleOf } from "@/lib/factors/passkey/handles";
import { optionsOfSignIn } from "@/lib/factors/passkey/sign-in";
import { optionsOfUnasked } from "@/lib/factors/passkey/unasked";
import { newChallenge } from "@/lib/login/sign-in/challenge";
import { changePolicy } from "@/lib/operator/change-policy";
import { askToRemoveFactor } from "@/lib/pending/ask-to-remove";
import { boundKinds } from "@/lib/policy/traits";
import { findLiveSession, noteProof } from "@/lib/sessions/store";
import { answerOf, optionsIn, passkeySettings, signInWith, someBrowser, withPasskey } from "@/lib/testing/passkeys";
import { type Make, softwareKey } from "@/lib/testing/software-key";
import { atSecondDoor, openHouse, refused } from "@/lib/testing/story";
import { makePerson, openSessionFor, withTotp } from "@/lib/testing/test-context";
import { setSettings } from "@/lib/testing/test-settings";
import { mustProveAnew, mustStillEnrol } from "@/lib/web/guard";

const settings = { ...passkeySettings, SECOND_FACTOR: "everyone" } as const;
const house = openHouse(settings);

async function ada(make: Make & { readonly uvAtBinding?: boolean } = {}) {
  const person = await makePerson(house.ctx);
  const key = await withPasskey(house.ctx, person, make);
  const { session, actor } = await openSessionFor(house.ctx, person);
  return { person, key, session, actor };
}

const stepUp = ({ session }: Awaited<ReturnType<typeof ada>>) =>
  startStepUp(house.stranger(), { session, action: "factor.remove", returnTo: "/security" });

const challengeIn = (options: string): string => JSON.parse(options).challenge;

/** The challenge of each place at which this person may be asked, and of their neighbour's login. */
async function challengesOfAll(one: Awaited<ReturnType<typeof ada>>) {
  const neighbour = await ada();
  const ofStep = async (pass: Pass) => challengeIn(optionsIn(await readPrepared(house.ctx, pass, "passkey")));
  const binder = binderOf(one.actor);
  await beginEnrolment(house.ctx, { binder, kind: "passkey", replacesId: null, given: {} });
  return {
    "another login": await ofStep(await atSecondDoor(house.stranger(), one.person.userId)),
    "somebody else's login": await ofStep(await atSecondDoor(house.stranger(), neighbour.person.userId)),
    "a step-up": await ofStep(await stepUp(one)),
    "a binding": challengeIn(optionsIn(await readPendingPrepared(house.ctx, binder, "passkey"))),
    "a sign-in": challengeIn(optionsOfSignIn(newChallenge(house.ctx, someBrowser))),
    "what a browser may make without a dialogue": challengeIn(
      await optionsOfUnasked(house.ctx, { ...one.person, id: one.session.id }),
    ),
  };
}

test("an answer to the challenge of another place is none: not at a login, not at a step-up, not at the first door", async () => {
  const one = await ada();
  const all = await challengesOfAll(one);
  for (const [place, challenge] of Object.entries(all)) {
    const login = await atSecondDoor(house.stranger(), one.person.userId);
    const proof = await stepUp(one);
    for (const [pass, sessionId] of [[login, null] as const, [proof, one.session.id] as const]) {
      const given = await answerOf(house.ctx, one.key, pass, { challenge });
      const asked = answerChallenge(house.stranger(), { pass, kind: "passkey", answer: given, sessionId });
      expect(await refused(asked), `${place}, at ${sessionId === null ? "a login" : "a step-up"}`).toBe(
        "passkey.wrong",
      );
    }
    if (place !== "a sign-in")
      expect(await refused(signInWith(house.stranger(), one.key, { challenge })), place).toBe("passkey.late");
    await house.db.session.update({ where: { id: one.session.id }, data: { stepUpFailures: 0 } });
  }
});

test("nor is what was made for the challenge of another place, or of somebody else's binding, bound; what was made for its own is", async () => {
  const [one, other] = [await ada(), await ada()];
  const { "a binding": foreign, ...places } = await challengesOfAll(one);
  const { "a binding": own } = await challengesOfAll(other);
  const bind = ({ actor, person: { userId } }: typeof one, challenge: string) => {
    const asked = JSON.stringify({ challenge, rp: { id: "localhost" }, user: { id: userHandleOf(userId) } });
    const answer = { credential: softwareKey().create(asked, config().appUrl) };
    return confirmEnrolment(house.ctx, { actor, kind: "passkey", answer, label: "", defaultLabel: "Two" });
  };
  for (const [place, challenge] of Object.entries(places))
    expect(await refused(bind(one, challenge)), place).toBe("passkey.wrong");
  expect(await refused(bind(other, foreign))).toBe("passkey.wrong");
  await bind(other, own);
  const bound = ({ person: { userId } }: typeof one) => house.db.factor.count({ where: { userId, state: "ACTIVE" } });
  expect([await bound(one), await bound(other)]).toEqual([1, 2]);
});

describe("at a step-up", () => {
  test.each([
    ["a key that was left in its slot is not enough", {}, { verified: false }, "passkey.unverified"],
    ["nor is one that nobody touched", {}, { present: false }, "passkey.wrong"],
    ["a key that was bound without a PIN is", { verifies: false, uvAtBinding: false }, {}, null],
  ] as const)("%s", async (_, make, manners, sentence) => {
    const one = await ada(make);
    const pass = await stepUp(one);
    const given = await answerOf(house.ctx, one.key, pass, manners);
    const asked = answerChallenge(house.stranger(), {
      pass,
      kind: "passkey",
      answer: given,
      sessionId: one.session.id,
    });
    if (sentence === null) expect((await asked).purpose).toBe("STEP_UP");
    else expect(await refused(asked)).toBe(sentence);
  });
});

test("the last one stays where a factor is demanded; one that was removed opens no door", async () => {
  const { person, actor, key } = await ada();
  expect(await refused(askToRemoveFactor(house.ctx, { actor, factorId: key.factorId }))).toBe("factors.last_one");
  const other = await withPasskey(house.ctx, person, { label: "Telephone" });
  const { actor: again } = await openSessionFor(house.ctx, person);
  await noteProof(house.ctx, again.sessionId, person.userId, "passkey");
  expect(await askToRemoveFactor(house.ctx, { actor: again, factorId: key.factorId })).toMatchObject({ done: true });
  expect(await refused(signInWith(house.stranger(), key))).toBe("passkey.unknown");
  expect((await signInWith(house.stranger(), other)).userId).toBe(person.userId);
});

test("whoever has only a passkey passes by no code at all, and not by having none bound of that kind", async () => {
  const { person } = await ada();
  for (const kind of [...boundKinds, "recovery"].filter((word) => word !== "passkey")) {
    const pass = await atSecondDoor(house.stranger(), person.userId);
    for (const code of ["000000", "00000000", "0000-0000-0000-0000"]) {
      const { kind: known } = answerInput.parse({ kind });
      const asked = answerChallenge(house.stranger(), { pass, kind: known, answer: { code }, sessionId: null });
      expect(await refused(asked), `${kind} ${code}`).toMatch(/\.(wrong_code|malformed)$/);
    }
  }
  expect(await house.db.challenge.count({ where: { userId: person.userId, state: "SATISFIED" } })).toBe(0);
});

test.each([
  "u2f",
  "",
  "__proto__",
  "constructor",
  "PASSKEY",
  " passkey",
  ["passkey"],
  { kind: "passkey" },
  0,
  null,
  undefined,
])("a way of the name %j is none", (kind) => expect(answerInput.safeParse({ kind }).success).toBe(false));

describe("what the operator asks for from now on, a session that is open is asked at its next request", () => {
  const atNextRequest = async (token: string) => {
    const session = await findLiveSession(house.ctx, sha256(token));
    if (session === null) throw new Error("The session is live.");
    return [mustStillEnrol(session, house.ctx.now), mustProveAnew(session, house.ctx.now)];
  };

  test("that only what no false page can take is enough", async () => {
    const person = await makePerson(house.ctx);
    await withTotp(house.ctx, person);
    await withPasskey(house.ctx, person);
    const { token, actor } = await openSessionFor(house.ctx, person);
    await house.db.session.update({ where: { id: actor.sessionId }, data: { provenWith: "totp" } });
    expect(await atNextRequest(token)).toEqual([false, false]);
    await changePolicy(house.ctx, { userId: person.userId, change: { strength: "phishing-resistant" }, by: "cli" });
    expect(await atNextRequest(token)).toEqual([false, true]);
  });

  test("that they are an administrator, of whom a factor is demanded", async () => {
    setSettings({ ...passkeySettings, SECOND_FACTOR: "admins" });
    const person = await makePerson(house.ctx);
    const { token } = await openSessionFor(house.ctx, person);
    expect(await atNextRequest(token)).toEqual([false, false]);
    await house.db.user.update({ where: { id: person.userId }, data: { isAdmin: true } });
    expect(await atNextRequest(token)).toEqual([true, false]);
    setSettings(settings);
  });
});
