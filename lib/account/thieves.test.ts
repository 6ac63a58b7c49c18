import { expect, test } from "vitest";
import { readActivity } from "@/lib/account/activity/read-activity";
import { beginProof } from "@/lib/account/contacts/begin-proof";
import { confirmProof } from "@/lib/account/contacts/confirm-proof";
import { insider, prove, someMailbox } from "@/lib/account/contacts/contacts.kit";
import { beginEnrolment } from "@/lib/factors/begin-enrolment";
import { binderOf } from "@/lib/factors/binder-of";
import { confirmEnrolment } from "@/lib/factors/confirm-enrolment";
import { findPendingView } from "@/lib/factors/list-factors";
import { regenerateCodes } from "@/lib/factors/regenerate-codes";
import { codeAt } from "@/lib/factors/totp/code";
import { hours, minutes } from "@/lib/kernel/duration";
import { listDevices } from "@/lib/sessions/devices/list-devices";
import { disownSession } from "@/lib/sessions/disown-session";
import { sendingSettings } from "@/lib/testing/letters";
import { knock, openHouse, refused } from "@/lib/testing/story";
import { makePerson, openSessionFor, withTotp } from "@/lib/testing/test-context";

const house = openHouse(sendingSettings);

test("a thief with the password, known from when that was every door, is a stranger once the owner binds the first factor", async () => {
  const person = await makePerson(house.ctx);
  const thief = await openSessionFor(house.stranger(), person);
  const { actor } = await openSessionFor(house.ctx, person);
  const binder = binderOf(actor);
  await beginEnrolment(house.ctx, { binder, kind: "totp", replacesId: null, given: {} });
  const secret = (await findPendingView(house.ctx, binder, "totp"))?.shown.secret ?? "";
  const answer = { code: codeAt(secret, house.clock.now()) };
  await confirmEnrolment(house.ctx, { actor, kind: "totp", answer, label: "", defaultLabel: "App" });
  const known = await listDevices(house.ctx, actor);
  expect(known.map(({ id }) => id)).toEqual([actor.deviceId]);
  expect(known.map(({ id }) => id)).not.toContain(thief.actor.deviceId);
});

test("a thief at an unlocked laptop who says of the owner's login that it was not them ends that one, and shuts nobody out", async () => {
  const person = await makePerson(house.ctx);
  const thief = await openSessionFor(house.ctx, person);
  const owner = await openSessionFor(house.ctx, person);
  await disownSession(house.ctx, { actor: thief.actor, ref: owner.actor.sessionId.slice(0, 8) });
  expect(await knock(house.stranger(), person)).toMatchObject({ next: "claim" });
  expect(await house.db.user.findUnique({ where: { id: person.userId } })).toMatchObject({ passwordClosedAt: null });
});

test("a thief who makes codes and then guesses until all must wait does not hide the one behind the other", async () => {
  const person = await makePerson(house.ctx);
  await withTotp(house.ctx, person);
  const { actor } = await openSessionFor(house.stranger(), person);
  await regenerateCodes(house.stranger(), { actor });
  for (let guess = 0; guess < 4; guess += 1) {
    house.clock.move(minutes(1));
    expect(await refused(knock(house.stranger(), person, { password: "no" }))).toBe("login.wrong");
  }
  const { lines } = await readActivity(house.ctx, { userId: person.userId, filter: "all", before: null });
  const told = lines.map(({ name, count }) => [name, count]);
  expect(told.filter(([name]) => name === "login.password_refused")).toEqual([["login.password_refused", 4]]);
  expect(told.filter(([name]) => name === "recovery.generated")).toHaveLength(1);
});

test("a thief who moved the login e-mail cannot give the old address to an account of their own, until it cannot be taken back any more", async () => {
  const [owner, thief] = [await insider(house.ctx), await insider(house.ctx)];
  await prove(house.ctx, owner.actor, "login", someMailbox(house.ctx));
  const wish = { actor: thief.actor, purpose: "login", typed: owner.person.email } as const;
  await beginProof(house.ctx, wish);
  const guess = { actor: thief.actor, purpose: "login", code: "12345678" } as const;
  expect(await refused(confirmProof(house.ctx, guess))).toBe("contacts.wrong_code");
  house.clock.move(hours(72));
  const { actor } = await openSessionFor(house.ctx, thief.person);
  await prove(house.ctx, actor, "login", owner.person.email);
  expect(await house.db.user.findUnique({ where: { email: owner.person.email } })).toMatchObject({
    id: thief.person.userId,
  });
});
