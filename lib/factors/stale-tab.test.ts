import { describe, expect, test } from "vitest";
import { beginEnrolment } from "@/lib/factors/begin-enrolment";
import { binderOf } from "@/lib/factors/binder-of";
import { cancelEnrolment } from "@/lib/factors/cancel-enrolment";
import { confirmEnrolment } from "@/lib/factors/confirm-enrolment";
import { findPendingView } from "@/lib/factors/list-factors";
import { sendAgain } from "@/lib/factors/send-again";
import { codeAt } from "@/lib/factors/totp/code";
import { ensure } from "@/lib/kernel/assert";
import { openHouse, refused } from "@/lib/testing/story";
import { makePerson, openSessionFor, type TestSession } from "@/lib/testing/test-context";

const house = openHouse({
  DEV_TOOLS: "true",
  SMS_COUNTRIES: "US",
  SECOND_FACTOR_KINDS: "totp,sms",
  SMS_CHANNEL: "mailbox",
  MAIL_CHANNEL: "mailbox",
});
type Actor = TestSession["actor"];

async function inside(): Promise<Actor> {
  return (await openSessionFor(house.ctx, await makePerson(house.ctx))).actor;
}

/** One more tab in which an app is set up: the picture that it shows. */
async function tab(actor: Actor): Promise<{ readonly id: string; readonly code: string }> {
  await beginEnrolment(house.ctx, { binder: binderOf(actor), kind: "totp", replacesId: null, given: {} });
  const view = await findPendingView(house.ctx, binderOf(actor), "totp");
  ensure(view, "an enrolment waits");
  return { id: view.id, code: codeAt(view.shown.secret ?? "", house.clock.now()) };
}

const confirm = (actor: Actor, pendingId: string | null, code: string) =>
  confirmEnrolment(house.ctx, {
    actor,
    kind: "totp",
    answer: { code },
    pendingId,
    label: "",
    defaultLabel: "Authenticator app",
  });

describe("a tab whose picture was replaced in another one", () => {
  test("is told so; its code is not judged and costs nothing, and the newer one is bound by its own", async () => {
    const actor = await inside();
    const [old, newer] = [await tab(actor), await tab(actor)];
    for (let time = 0; time < 12; time += 1)
      expect(await refused(confirm(actor, old.id, old.code))).toBe("factors.replaced_elsewhere");
    expect(await house.db.factor.findUnique({ where: { id: newer.id } })).toMatchObject({ triesLeft: 5 });
    expect((await confirm(actor, newer.id, newer.code)).factorId).toBe(newer.id);
  });

  test("is told so whatever is typed there, and binds nothing with a code of the newer one", async () => {
    const actor = await inside();
    const [old, newer] = [await tab(actor), await tab(actor)];
    for (const typed of ["", "12", newer.code])
      expect(await refused(confirm(actor, old.id, typed))).toBe("factors.replaced_elsewhere");
  });

  test("cancels nothing but itself", async () => {
    const actor = await inside();
    const [old, newer] = [await tab(actor), await tab(actor)];
    await cancelEnrolment(house.ctx, { actor, kind: "totp", pendingId: old.id });
    expect(await findPendingView(house.ctx, binderOf(actor), "totp")).toMatchObject({ id: newer.id });
    await cancelEnrolment(house.ctx, { actor, kind: "totp", pendingId: newer.id });
    expect(await findPendingView(house.ctx, binderOf(actor), "totp")).toBeNull();
  });

  test("is told that nothing waits once the newer one is bound", async () => {
    const actor = await inside();
    const [old, newer] = [await tab(actor), await tab(actor)];
    await confirm(actor, newer.id, newer.code);
    const { actor: later } = await openSessionFor(house.ctx, actor);
    expect(await refused(confirm(later, old.id, old.code))).toBe("factors.enrolment_gone");
  });
});

test("a form from before forms said which one still binds what waits", async () => {
  const actor = await inside();
  const only = await tab(actor);
  expect((await confirm(actor, null, only.code)).factorId).toBe(only.id);
});

test("a stale tab of a number asks for no code to the newer number", async () => {
  const actor = await inside();
  const begin = (destination: string) =>
    beginEnrolment(house.ctx, { binder: binderOf(actor), kind: "sms", replacesId: null, given: { destination } });
  const old = await begin("+12025550147");
  const newer = await begin("+12025550148");
  const again = (pendingId: string) => sendAgain(house.ctx, { binder: binderOf(actor), kind: "sms", pendingId });
  house.clock.move(61_000);
  expect(await refused(again(old.factorId))).toBe("factors.replaced_elsewhere");
  expect(await house.db.letter.count({ where: { userId: actor.userId, kind: "code.bind" } })).toBe(2);
  await again(newer.factorId);
  expect(await house.db.letter.count({ where: { userId: actor.userId, kind: "code.bind" } })).toBe(3);
});
