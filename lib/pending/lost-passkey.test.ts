import { expect, test } from "vitest";
import { changePassword } from "@/lib/account/change-password";
import { findOptions } from "@/lib/challenge/options";
import { readChallenge } from "@/lib/challenge/read-challenge";
import { startStepUp } from "@/lib/challenge/start-step-up";
import { sha256 } from "@/lib/crypto/digest";
import { usableKinds } from "@/lib/factors/on-offer";
import { days } from "@/lib/kernel/duration";
import { askToRemoveFactor } from "@/lib/pending/ask-to-remove";
import { type FreshAction, freshActions, wantedBy } from "@/lib/policy/freshness";
import { setNewPassword } from "@/lib/resets/set-new-password";
import { actorOf } from "@/lib/sessions/acting-session";
import { isFresh } from "@/lib/sessions/session";
import { findLiveSession, noteProof } from "@/lib/sessions/store";
import { sendingSettings } from "@/lib/testing/letters";
import { passkeySettings, withPasskey } from "@/lib/testing/passkeys";
import { begunReset } from "@/lib/testing/resets";
import { answer } from "@/lib/testing/second-door";
import { knock, openHouse, refused } from "@/lib/testing/story";
import { makePerson, openSessionFor, withTotp } from "@/lib/testing/test-context";
import { setSettings } from "@/lib/testing/test-settings";

const house = openHouse({ ...sendingSettings, ...passkeySettings });

/** Somebody who has lived here for a week, in a session that was proven last with this kind. */
async function ada(provenWith: "passkey" | "totp") {
  const person = await makePerson(house.ctx);
  const apps = [await withTotp(house.ctx, person), await withTotp(house.ctx, person, "Tablet")].map(
    (one) => one.factorId,
  );
  const { factorId } = await withPasskey(house.ctx, person);
  house.clock.move(days(8));
  const { token } = await openSessionFor(house.ctx, person);
  const live = async () => {
    const session = await findLiveSession(house.ctx, sha256(token));
    if (session === null) throw new Error("The session is live.");
    return session;
  };
  const { id, userId } = await live();
  await noteProof(house.ctx, id, userId, provenWith);
  return { person, factorId, apps, session: await live() };
}

test("whoever lost their passkey proves it by their app: no page is closed to them but those that hand on a factor, or do at once what cannot wait", async () => {
  const { session, person } = await ada("totp");
  const closed = freshActions.filter(
    (action) => !isFresh(session, house.ctx.now, { askable: usableKinds(session), wants: wantedBy(action) }),
  );
  expect(closed).toEqual(["factor.add", "recovery.regenerate", "password.change", "change.veto"]);
  const asked = { userId: person.userId, policy: null, purpose: "STEP_UP", firstAmr: [], deviceId: null } as const;
  expect(await findOptions(house.ctx, { ...asked, reason: "factor.remove" })).toEqual(["passkey", "totp"]);
  expect(await findOptions(house.ctx, { ...asked, reason: "factor.add" })).toEqual(["passkey"]);
});

test("what asks for the passkey itself says where whoever lost it goes instead, and only to them", async () => {
  const { session, person } = await ada("totp");
  const says = async (action: FreshAction) => {
    const pass = await startStepUp(house.stranger(), { session, action, returnTo: "/security" });
    const view = await readChallenge(house.ctx, pass);
    return [view?.whenLost, view?.options];
  };
  expect(await says("password.change")).toEqual(["reset", ["passkey"]]);
  expect(await says("factor.add")).toEqual(["removal", ["passkey"]]);
  expect(await says("recovery.regenerate")).toEqual(["removal", ["passkey"]]);
  expect(await says("change.veto")).toEqual(["letter", ["passkey"]]);
  expect(await says("factor.remove")).toEqual([null, ["passkey", "totp"]]);
  await house.db.factor.deleteMany({ where: { userId: person.userId, kind: "totp" } });
  expect(await says("password.change")).toEqual([null, ["passkey"]]);
});

test("the reset that it leads to takes the app's code, and the passkey stays for its owner to remove", async () => {
  const { person, factorId } = await ada("totp");
  const app = await withTotp(house.ctx, person, "New");
  const { pass } = await begunReset(house, person);
  expect((await readChallenge(house.ctx, pass))?.options).toContain("totp");
  await answer(house.stranger(), pass, "totp", app.codeAt(house.clock.now()));
  await setNewPassword(house.stranger(), { pass, password: "nine slow ferries to nowhere", remove: [] });
  expect(await house.db.factor.count({ where: { id: factorId } })).toBe(1);
});

test("in a session that a passkey opened the current password is judged by that session's own five, whatever strangers did to the account's", async () => {
  const { person, session } = await ada("passkey");
  await house.db.user.update({ where: { id: person.userId }, data: { passwordFailures: 100 } });
  const next = "eleven loud geese by the mill";
  const change = (current: string) => changePassword(house.ctx, { actor: actorOf(session), current, next });
  for (let time = 0; time < 4; time += 1) expect(await refused(change("no"))).toBe("password.wrong_current");
  await change(person.password);
  expect((await knock(house.stranger(), person, { password: next })).next).toBe("answer");
});

test("and one that an app opened beside it is at the account's own counter: such a code can be lured out of its owner", async () => {
  const { person, session } = await ada("totp");
  await house.db.user.update({ where: { id: person.userId }, data: { passwordFailures: 100 } });
  const asked = { actor: actorOf(session), current: person.password, next: "eleven loud geese by the mill" };
  expect(await refused(changePassword(house.ctx, asked))).toBe("password.wrong_current");
});

test("the passkey that they take away then waits, although it is not the last factor; on the passkey's own proof it goes at once", async () => {
  const weak = await ada("totp");
  const asked = await askToRemoveFactor(house.ctx, { actor: actorOf(weak.session), factorId: weak.factorId });
  expect(asked).toMatchObject({ done: false, hours: 24 });
  const strong = await ada("passkey");
  const gone = await askToRemoveFactor(house.ctx, { actor: actorOf(strong.session), factorId: strong.factorId });
  expect(gone).toMatchObject({ done: true });
});

test("a stranger with the app's code alone puts no factor of theirs beside the passkey", async () => {
  const { session } = await ada("totp");
  const wish = { askable: usableKinds(session), wants: wantedBy("factor.add") };
  expect([isFresh(session, house.ctx.now, wish), wantedBy("a word of nobody's"), wantedBy(null)]).toEqual([
    false,
    "strongest",
    "strongest",
  ]);
});

test("beside a passkey that the operator has switched off nobody can prove more than an app's code: one app of two goes at once, the other one waits as the last that can be asked for", async () => {
  const { session, apps } = await ada("totp");
  const remove = async (factorId = "") => {
    const { credentialVersion } = await house.db.user.findUniqueOrThrow({ where: { id: session.userId } });
    const actor = { ...actorOf(session), credentialVersion };
    return (await askToRemoveFactor(house.ctx, { actor, factorId })).done;
  };
  setSettings({ ...sendingSettings, SECOND_FACTOR_KINDS: "totp" });
  expect([await remove(apps[0]), await remove(apps[1])]).toEqual([true, false]);
  setSettings({ ...sendingSettings, ...passkeySettings });
});
