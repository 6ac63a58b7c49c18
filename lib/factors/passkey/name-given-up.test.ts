import { expect, test } from "vitest";
import { readOverview } from "@/lib/account/read-overview";
import { findWays } from "@/lib/challenge/options";
import { readChallenge } from "@/lib/challenge/read-challenge";
import { startStepUp } from "@/lib/challenge/start-step-up";
import { sha256 } from "@/lib/crypto/digest";
import { usableKinds } from "@/lib/factors/on-offer";
import { days } from "@/lib/kernel/duration";
import { listPeople } from "@/lib/operator/list-people";
import { askToRemoveAllOfKind, askToRemoveFactor } from "@/lib/pending/ask-to-remove";
import { isDangerousRemoval, takesLastStrongOf } from "@/lib/pending/standing/last-strong";
import { freshActions, wantedBy } from "@/lib/policy/freshness";
import { actorOf } from "@/lib/sessions/acting-session";
import { isFresh } from "@/lib/sessions/session";
import { findLiveSession, findProof, noteProof } from "@/lib/sessions/store";
import { passkeySettings, withPasskey } from "@/lib/testing/passkeys";
import { answer } from "@/lib/testing/second-door";
import { atSecondDoor, openHouse, refused } from "@/lib/testing/story";
import { makePerson, openSessionFor, withRecoveryCodes, withTotp } from "@/lib/testing/test-context";
import { mustStillEnrol } from "@/lib/web/guard";

const house = openHouse({ ...passkeySettings, SECOND_FACTOR: "everyone" });

/** Somebody who has lived here for a week, with a passkey of a name that the portal has given up, and an app unless said otherwise. */
async function ada({ hasApp = true } = {}) {
  const person = await makePerson(house.ctx);
  const app = hasApp ? await withTotp(house.ctx, person) : null;
  const codes = await withRecoveryCodes(house.ctx, person);
  const { factorId } = await withPasskey(house.ctx, person, { rpId: "given-up.test" });
  house.clock.move(days(8));
  const { token } = await openSessionFor(house.ctx, person);
  const live = async () => {
    const session = await findLiveSession(house.ctx, sha256(token));
    if (session === null) throw new Error("The session is live.");
    return session;
  };
  return { person, app, codes, factorId, live };
}

const asked = { policy: null, firstAmr: ["pwd"], deviceId: null } as const;

test("it is not the strongest that somebody has: nothing asks for it, and the app's code is a fresh proof of everything", async () => {
  const { person, live } = await ada();
  const { id, userId } = await live();
  await noteProof(house.ctx, id, userId, "totp");
  const session = await live();
  const pass = await startStepUp(house.stranger(), { session, action: "factor.add", returnTo: "/security" });
  expect(await readChallenge(house.ctx, pass)).toMatchObject({ options: ["totp", "recovery"], whenLost: null });
  const login = await findWays(house.ctx, { ...asked, userId: person.userId, purpose: "LOGIN" });
  expect(login.options).toEqual(["totp", "recovery"]);
  const closed = freshActions.filter(
    (action) => !isFresh(session, house.ctx.now, { askable: usableKinds(session), wants: wantedBy(action) }),
  );
  expect(closed).toEqual([]);
  const proof = await findProof(house.ctx, session.id);
  expect(proof && isFresh(proof, house.ctx.now, { askable: usableKinds(session) })).toBe(true);
  expect(await isDangerousRemoval(house.ctx, { userId, sessionId: session.id }, ["another"])).toBe(false);
});

test("it stands for none where one is demanded, and goes without a question", async () => {
  const { app, factorId, live } = await ada();
  const { id, userId } = await live();
  await noteProof(house.ctx, id, userId, "totp");
  const actor = actorOf(await live());
  expect(await takesLastStrongOf(house.ctx, userId, { ids: [app?.factorId ?? ""] })).toBe(true);
  expect(await refused(askToRemoveFactor(house.ctx, { actor, factorId: app?.factorId ?? "" }))).toBe(
    "factors.last_one",
  );
  expect(await askToRemoveFactor(house.ctx, { actor, factorId })).toMatchObject({ done: true });
});

test("beside one of today's name it does not stand for that either", async () => {
  const { person, factorId: givenUp } = await ada({ hasApp: false });
  const { factorId } = await withPasskey(house.ctx, person);
  const { token } = await openSessionFor(house.ctx, person);
  const session = await findLiveSession(house.ctx, sha256(token));
  if (session === null) throw new Error("The session is live.");
  await noteProof(house.ctx, session.id, person.userId, "passkey");
  const actor = actorOf(session);
  expect(await refused(askToRemoveFactor(house.ctx, { actor, factorId }))).toBe("factors.last_one");
  expect(await refused(askToRemoveAllOfKind(house.ctx, { actor, kind: "passkey" }))).toBe("factors.last_one");
  expect(await askToRemoveFactor(house.ctx, { actor, factorId: givenUp })).toMatchObject({ done: true });
});

test("whoever has nothing else comes in by a recovery code, and binds another: it is held, so a password alone binds none", async () => {
  const { person, codes, live } = await ada({ hasApp: false });
  const pass = await atSecondDoor(house.stranger(), person.userId);
  expect(await readChallenge(house.ctx, pass)).toMatchObject({ options: ["recovery"], enrols: [] });
  expect(await answer(house.stranger(), pass, "recovery", codes[0] ?? "")).toMatchObject({ userId: person.userId });
  const session = await live();
  expect([session.held, mustStillEnrol(session, house.ctx.now)]).toEqual([{ "passkey (name given up)": 1 }, true]);
  const overview = await readOverview(house.ctx, { ...session, userId: person.userId });
  expect([overview.held, overview.factors.length]).toEqual([{}, 1]);
  const people = await listPeople(house.ctx);
  expect(people.find(({ userId }) => userId === person.userId)).toMatchObject({ owes: 1 });
});
