import { expect, test } from "vitest";
import { findOptions } from "@/lib/challenge/options";
import { sha256 } from "@/lib/crypto/digest";
import { usableKinds } from "@/lib/factors/on-offer";
import { days } from "@/lib/kernel/duration";
import { askToRemoveFactor } from "@/lib/pending/ask-to-remove";
import { freshActions, wantedBy } from "@/lib/policy/freshness";
import { actorOf } from "@/lib/sessions/acting-session";
import { isFresh } from "@/lib/sessions/session";
import { findLiveSession, noteProof } from "@/lib/sessions/store";
import { passkeySettings, withPasskey } from "@/lib/testing/passkeys";
import { openHouse } from "@/lib/testing/story";
import { makePerson, openSessionFor, withTotp } from "@/lib/testing/test-context";
import { setSettings } from "@/lib/testing/test-settings";

const house = openHouse(passkeySettings);

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
  setSettings({ SECOND_FACTOR_KINDS: "totp" });
  expect([await remove(apps[0]), await remove(apps[1])]).toEqual([true, false]);
  setSettings(passkeySettings);
});
