import { describe, expect, test } from "vitest";
import { changePassword } from "@/lib/account/change-password";
import { containAccount } from "@/lib/account/contain-account";
import { lockAccount } from "@/lib/account/lock-account";
import { sha256 } from "@/lib/crypto/digest";
import { beginEnrolment } from "@/lib/factors/begin-enrolment";
import { binderOf } from "@/lib/factors/binder-of";
import { confirmEnrolment } from "@/lib/factors/confirm-enrolment";
import { findPendingView } from "@/lib/factors/list-factors";
import { removeFactor } from "@/lib/factors/remove-factor";
import { codeAt } from "@/lib/factors/totp/code";
import { ensure } from "@/lib/kernel/assert";
import { newAlarmLink } from "@/lib/links/alarm-link";
import { resetFactors } from "@/lib/operator/reset-factors";
import { type Actor, actorOf } from "@/lib/sessions/acting-session";
import { listDevices } from "@/lib/sessions/devices/list-devices";
import { disownSession } from "@/lib/sessions/disown-session";
import { endAllOthers } from "@/lib/sessions/end-by-owner";
import { findLiveSession } from "@/lib/sessions/store";
import { eventNames, knock, openHouse, refused } from "@/lib/testing/story";
import { makePerson, type TestPerson, withTotp } from "@/lib/testing/test-context";
import { enterIn, type Jar } from "@/lib/testing/trusted-browser";

const house = openHouse({ TRUST_DEVICES: "14" });
const next = "nine slow ferries to nowhere";

/** Somebody with two apps, who trusts two browsers and acts in one of them. */
async function scene() {
  const ada = await makePerson(house.ctx);
  const [phone] = [await withTotp(house.ctx, ada), await withTotp(house.ctx, ada, "Tablet")];
  const [here, there]: [Jar, Jar] = [{ devices: null }, { devices: null }];
  for (const jar of [here, there]) await enterIn(house.stranger(), ada, { jar, trusts: true });
  const elsewhere = await actorIn(ada, there);
  return { ada, phone, here, there, elsewhere, actor: await actorIn(ada, here) };
}
type Scene = Awaited<ReturnType<typeof scene>>;

async function actorIn(person: TestPerson, jar: Jar): Promise<Actor> {
  const { isAsked, opened } = await enterIn(house.stranger(), person, { jar });
  const session = await findLiveSession(house.ctx, sha256(opened.sessionToken));
  ensure(session && !isAsked, "a trusted browser is in with the password");
  return actorOf(session);
}

async function bind({ actor }: Scene, replacesId: string | null): Promise<void> {
  const binder = binderOf(actor);
  await beginEnrolment(house.ctx, { binder, kind: "totp", replacesId, given: {} });
  const secret = (await findPendingView(house.ctx, binder, "totp"))?.shown.secret ?? "";
  const typed = { code: codeAt(secret, house.clock.now()) };
  await confirmEnrolment(house.ctx, { actor, kind: "totp", answer: typed, label: "", defaultLabel: "App" });
}

const skips = async (person: TestPerson, { devices }: Jar) =>
  (await knock(house.stranger(), person, { deviceToken: devices })).next === "claim";

describe("a thief at another trusted browser is a stranger there, and the acting one stays trusted, when its owner", () => {
  test.each<[string, (scene: Scene) => Promise<unknown>]>([
    ["changes the password", ({ ada, actor }) => changePassword(house.ctx, { actor, current: ada.password, next })],
    ["removes a factor", ({ actor, phone }) => removeFactor(house.ctx, { actor, factorId: phone.factorId })],
    ["puts an app in the place of one that may be lost", (one) => bind(one, one.phone.factorId)],
    ["ends all other logins", ({ actor }) => endAllOthers(house.ctx, actor)],
    [
      "says of the login there that it was not them",
      ({ actor, elsewhere }) => disownSession(house.ctx, { actor, ref: elsewhere.sessionId.slice(0, 8) }),
    ],
  ])("%s", async (doing, act) => {
    const one = await scene();
    await act(one);
    const ada = doing === "changes the password" ? { ...one.ada, password: next } : one.ada;
    expect([await skips(ada, one.here), await skips(ada, one.there)]).toEqual([true, false]);
  });
});

test("a thief whose login was copied from this very browser, and is disowned, comes in by it no more", async () => {
  const { ada, here, actor } = await scene();
  const thief = await actorIn(ada, { ...here });
  expect(thief.deviceId).toBe(actor.deviceId);
  await disownSession(house.ctx, { actor, ref: thief.sessionId.slice(0, 8) });
  expect(await skips(ada, here)).toBe(false);
  expect(await listDevices(house.ctx, actor)).toContainEqual(
    expect.objectContaining({ id: actor.deviceId, trustedUntil: null }),
  );
});

test("a further factor ends no trust: nothing was taken away", async () => {
  const one = await scene();
  await bind(one, null);
  expect([await skips(one.ada, one.here), await skips(one.ada, one.there)]).toEqual([true, true]);
});

describe("no browser is known any more when", () => {
  test.each<[string, (scene: Scene) => Promise<unknown>]>([
    [
      "this was not me is pressed in a letter",
      async ({ ada: { userId } }) => {
        const link = await newAlarmLink(house.ctx, { kind: "device.new", userId, challengeId: null });
        await containAccount(house.stranger(), { token: link.split("/").at(-1) ?? "" });
      },
    ],
    ["the operator removes all factors", ({ ada: { userId } }) => resetFactors(house.ctx, { userId, by: "cli" })],
    ["its owner locks the account", ({ actor }) => lockAccount(house.ctx, actor)],
  ])("%s", async (_, act) => {
    const one = await scene();
    await act(one);
    expect(await listDevices(house.ctx, one.actor)).toEqual([]);
  });
});

test("whoever locks the account closes its password, ends every login, and is handed nothing: a thief at an unlocked laptop gains nothing by it", async () => {
  const { ada, actor } = await scene();
  await lockAccount(house.ctx, actor);
  expect(await refused(knock(house.stranger(), ada))).toBe("login.wrong");
  expect(await house.db.session.count({ where: { userId: ada.userId } })).toBe(0);
  expect(await house.db.oneTimeLink.count({ where: { userId: ada.userId } })).toBe(0);
  expect(await eventNames(house.ctx, ada.userId)).toContain("account.locked");
  expect(await refused(lockAccount(house.ctx, actor))).toBe("account.changed_meanwhile");
});
