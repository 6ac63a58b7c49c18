import { expect, test } from "vitest";
import { beginProof } from "@/lib/account/contacts/begin-proof";
import { insider, prove, revertTokenTo, someMailbox } from "@/lib/account/contacts/contacts.kit";
import { readContacts } from "@/lib/account/contacts/read-contacts";
import { days, hours, minutes } from "@/lib/kernel/duration";
import { listToldAddresses } from "@/lib/notices/told-addresses";
import { changePhone } from "@/lib/operator/change-phone";
import { askToRemoveContact, askToRemovePhone, askToUseProof } from "@/lib/pending/ask-to-change-contact";
import { doDue } from "@/lib/pending/do-due";
import { strictly } from "@/lib/pending/pending.kit";
import type { ProofPurpose } from "@/lib/policy/contact-proofs";
import type { Actor } from "@/lib/sessions/acting-session";
import { lastCode, sendingSettings } from "@/lib/testing/letters";
import { settledActor } from "@/lib/testing/settled";
import { openHouse, refused } from "@/lib/testing/story";
import { makePerson, openSessionFor, withTotp } from "@/lib/testing/test-context";

const house = openHouse(sendingSettings);

const user = (id: string) => house.db.user.findUniqueOrThrow({ where: { id } });

async function use(actor: Actor, purpose: ProofPurpose, typed: string) {
  await beginProof(house.ctx, { actor, purpose, typed });
  return askToUseProof(house.ctx, { actor, purpose, code: await lastCode(house.ctx, actor.userId) });
}

/** As if its letter had left, and the whole wait had passed. */
async function whenDue(userId: string): Promise<void> {
  await house.db.pendingChange.updateMany({ where: { userId, state: "WAITING" }, data: { dueAt: house.ctx.now } });
  house.clock.move(minutes(1));
  await doDue(house.ctx, strictly);
}

test("a thief with the password and a phished code gets no other login e-mail before a day; when it is due, the old mailbox can take it back", async () => {
  const person = await makePerson(house.ctx);
  await withTotp(house.ctx, person);
  house.clock.move(days(8));
  const { actor } = await openSessionFor(house.stranger(), person);
  const next = someMailbox(house.ctx);
  expect(await use(actor, "login", next)).toMatchObject({ done: false, hours: 24 });
  expect((await user(person.userId)).email).toBe(person.email);
  await whenDue(person.userId);
  expect((await user(person.userId)).email).toBe(next);
  expect(await house.db.session.count({ where: { userId: person.userId } })).toBe(0);
  expect(await revertTokenTo(house.ctx, person.userId, person.email)).toMatch(/^rvt_/);
});

test("somebody else takes the address while it waits: the change is refused and told, and the account is as it was", async () => {
  const [person, other] = [await makePerson(house.ctx), await makePerson(house.ctx)];
  const { actor } = await openSessionFor(house.ctx, person);
  const next = someMailbox(house.ctx);
  expect(await use(actor, "login", next)).toMatchObject({ done: false });
  await house.db.user.update({ where: { id: other.userId }, data: { email: next } });
  await whenDue(person.userId);
  expect((await user(person.userId)).email).toBe(person.email);
  expect(await house.db.pendingChange.findMany({ where: { userId: person.userId } })).toMatchObject([
    { state: "REFUSED" },
  ]);
});

test("its owner, settled and freshly proven, changes it at once and goes on in this session", async () => {
  const person = await makePerson(house.ctx);
  await withTotp(house.ctx, person);
  house.clock.move(days(8));
  const actor = await settledActor(house.ctx, person);
  const next = someMailbox(house.ctx);
  expect(await use(actor, "login", next)).toMatchObject({ done: true, kept: { sessionToken: expect.any(String) } });
  expect((await user(person.userId)).email).toBe(next);
});

test("what only comes on top never waits: a further address, a first number; what takes it away or its place does", async () => {
  const { person, actor } = await insider(house.ctx);
  expect(await use(actor, "further", someMailbox(house.ctx))).toMatchObject({ done: true });
  expect(await use(actor, "phone", "+1 305 555 0144")).toMatchObject({ done: true });
  house.clock.move(hours(1));
  const again = (await openSessionFor(house.ctx, person)).actor;
  expect(await use(again, "phone", "+1 404 555 0145")).toMatchObject({ done: false });
  const [contact] = (await readContacts(house.ctx, again))?.further ?? [];
  expect(await askToRemoveContact(house.ctx, { actor: again, id: contact?.id ?? "" })).toMatchObject({ done: false });
  expect((await user(person.userId)).phone).toBe("+13055550144");
  await whenDue(person.userId);
  expect((await user(person.userId)).phone).toBe("+14045550145");
  expect((await readContacts(house.ctx, again))?.further).toEqual([]);
  const last = (await openSessionFor(house.ctx, person)).actor;
  expect(await askToRemovePhone(house.ctx, last)).toMatchObject({ done: false });
});

test("somebody else's address, a made-up one and one that went read alike, and nothing is asked for", async () => {
  const [ada, eve] = [await insider(house.ctx), await insider(house.ctx)];
  await prove(house.ctx, ada.actor, "further", someMailbox(house.ctx));
  const [hers] = (await readContacts(house.ctx, ada.actor))?.further ?? [];
  for (const id of [hers?.id ?? "", "A".repeat(22)])
    expect(await refused(askToRemoveContact(house.ctx, { actor: eve.actor, id }))).toBe("contacts.gone");
  expect((await readContacts(house.ctx, ada.actor))?.further).toHaveLength(1);
});

test("a number that an operator typed, or an older portal set, is proven by typing it again: at once, also where a change would wait, and told from then on", async () => {
  const person = await makePerson(house.ctx);
  await withTotp(house.ctx, person);
  house.clock.move(days(8));
  const { actor } = await openSessionFor(house.stranger(), person);
  const [typed, older] = ["+13055550146", "+13055550147"];
  const told = async () => (await listToldAddresses(house.ctx, person.userId)).map(({ to }) => to);
  await changePhone(house.ctx, { userId: person.userId, typed, by: "cli" });
  expect(await use(actor, "phone", "+1 305 555 0146")).toMatchObject({ done: true, kept: null });
  expect(await told()).toEqual([person.email, typed]);
  expect(await refused(beginProof(house.ctx, { actor, purpose: "phone", typed }))).toBe("account.phone_same");
  await house.db.user.update({ where: { id: person.userId }, data: { phone: older } });
  expect(await told()).toEqual([person.email]);
  expect(await use(actor, "phone", "+1 305 555 0147")).toMatchObject({ done: true });
  expect(await told()).toEqual([person.email, older]);
  const events = await house.db.securityEvent.findMany({ where: { subjectId: person.userId }, orderBy: { id: "asc" } });
  expect(events.map(({ name }) => name).filter((name) => name.startsWith("account.phone"))).toEqual([
    "account.phone_changed",
    "account.phone_confirmed",
    "account.phone_confirmed",
  ]);
});

test("a number that its owner waits for and an operator types meanwhile is proven when the change is due", async () => {
  const { person, actor } = await insider(house.ctx);
  await changePhone(house.ctx, { userId: person.userId, typed: "+13055550148", by: "cli" });
  expect(await use(actor, "phone", "+1 305 555 0149")).toMatchObject({ done: false });
  await changePhone(house.ctx, { userId: person.userId, typed: "+13055550149", by: "cli" });
  await whenDue(person.userId);
  expect(await user(person.userId)).toMatchObject({ phone: "+13055550149", provenPhone: "+13055550149" });
});
