import { describe, expect, test } from "vitest";
import { someMailbox } from "@/lib/account/contacts/contacts.kit";
import { lockAccount } from "@/lib/account/lock-account";
import { type Duration, days, hours, minutes } from "@/lib/kernel/duration";
import { carryAll } from "@/lib/letters/letters.kit";
import { disablePerson } from "@/lib/operator/disable-person";
import { askForChange } from "@/lib/pending/ask-for-change";
import { askToRemoveFactor } from "@/lib/pending/ask-to-remove";
import { beginWaits } from "@/lib/pending/begin-waits";
import { doDue } from "@/lib/pending/do-due";
import { strictly } from "@/lib/pending/pending.kit";
import { type DataOf, type PendingName, pendingKinds } from "@/lib/pending/registry";
import { setNewPassword } from "@/lib/resets/set-new-password";
import type { Actor } from "@/lib/sessions/acting-session";
import { endAllOthers, endSessionOf } from "@/lib/sessions/end-by-owner";
import { sendingSettings } from "@/lib/testing/letters";
import { sortingOffice } from "@/lib/testing/letters/sorting-office";
import { begunReset } from "@/lib/testing/resets";
import { answer } from "@/lib/testing/second-door";
import { settledActor } from "@/lib/testing/settled";
import { openHouse } from "@/lib/testing/story";
import { makePerson, openSessionFor, type TestPerson, withRecoveryCodes, withTotp } from "@/lib/testing/test-context";

const house = openHouse(sendingSettings);

/** What each kind is asked for with, for somebody whose last factor this is. */
const asks: { readonly [N in PendingName]: (factorId: string) => DataOf<N> } = {
  "factor.remove": (factorId) => ({ factorIds: [factorId] }),
  "email.change": () => ({ email: someMailbox(house.ctx) }),
  "contact.change": () => ({ phone: someNumber() }),
  "contact.remove": () => ({ id: null }),
  "data.download": () => ({}),
  "account.delete": () => ({}),
  "password.set": () => ({ phc: "$argon2id$made-up" }),
};
const names = Object.keys(asks).filter((name): name is PendingName => Object.hasOwn(pendingKinds, name));

/** A number that no other test has. */
const someNumber = () => `+1${house.ctx.random.digits(10)}`;

async function victim() {
  const person = await makePerson(house.ctx);
  await house.db.user.update({ where: { id: person.userId }, data: { phone: someNumber() } });
  const app = await withTotp(house.ctx, person);
  house.clock.move(days(8));
  return { person, factorId: app.factorId };
}

const ask = (actor: Actor, name: PendingName, factorId: string) =>
  askForChange(house.ctx, actor, name, asks[name](factorId));

test("every dangerous kind stands in this table", () => expect(names.sort()).toEqual(Object.keys(pendingKinds).sort()));

describe.each(names)("%s", (name) => {
  test("a thief with the password and a phished code waits on a new browser", async () => {
    const { person, factorId } = await victim();
    const { actor } = await openSessionFor(house.stranger(), person);
    expect(await ask(actor, name, factorId)).toMatchObject({ done: false });
  });

  test("a thief with the password and two phished codes, one for the login and one for the proof, waits", async () => {
    const { person, factorId } = await victim();
    const actor = await settledActor(house.ctx, person, { device: 0 });
    expect(await ask(actor, name, factorId)).toMatchObject({ done: false });
  });

  test("a thief with a live session on an unlocked laptop waits, however settled it is", async () => {
    const { person, factorId } = await victim();
    const actor = await settledActor(house.ctx, person, { with: null });
    expect(await ask(actor, name, factorId)).toMatchObject({ done: false });
  });

  test("a thief who bound a factor of their own and proves with that waits", async () => {
    const { person, factorId } = await victim();
    const actor = await settledActor(house.ctx, person, { factors: 6 });
    expect(await ask(actor, name, factorId)).toMatchObject({ done: false });
  });

  test("a thief who chose the password by a reset waits, also in the owner's own browser", async () => {
    const { person, factorId } = await victim();
    const actor = await settledActor(house.ctx, person, { password: 1 });
    expect(await ask(actor, name, factorId)).toMatchObject({ done: false });
  });

  test("a thief with a saved recovery code waits", async () => {
    const { person, factorId } = await victim();
    const actor = await settledActor(house.ctx, person, { with: "recovery" });
    expect(await ask(actor, name, factorId)).toMatchObject({ done: false });
  });

  test("its owner, settled and freshly proven, waits only where everybody does", async () => {
    const { person, factorId } = await victim();
    const actor = await settledActor(house.ctx, person);
    expect(await ask(actor, name, factorId)).toMatchObject({ done: pendingKinds[name].mayBeAtOnce });
  });
});

test("a thief who bound a second app beside the owner's and proves with that waits", async () => {
  const { person, factorId } = await victim();
  const actor = await settledActor(house.ctx, person);
  const { factorId: own } = await withTotp(house.ctx, person, "Thief's");
  await house.db.session.updateMany({ where: { id: actor.sessionId }, data: { credentialVersion: { increment: 1 } } });
  await house.db.device.updateMany({
    where: { id: actor.deviceId ?? "" },
    data: { credentialVersion: { increment: 1 } },
  });
  const bound = { ...actor, credentialVersion: actor.credentialVersion + 1 };
  const asked = await askForChange(house.ctx, bound, "factor.remove", { factorIds: [factorId, own] });
  expect(asked).toMatchObject({ done: false });
});

test("a thief who removes one factor after the other waits at the last strong one", async () => {
  const { person, factorId } = await victim();
  const other = await withTotp(house.ctx, person, "Tablet");
  const first = await openSessionFor(house.ctx, person);
  const removed = await askToRemoveFactor(house.ctx, { actor: first.actor, factorId: other.factorId });
  expect(removed).toMatchObject({ done: true });
  const { actor } = await openSessionFor(house.ctx, person);
  expect(await askToRemoveFactor(house.ctx, { actor, factorId })).toEqual({ done: false, hours: 24, dueAt: null });
  expect(await house.db.factor.count({ where: { userId: person.userId, state: "ACTIVE" } })).toBe(1);
});

describe("what a thief asked for", () => {
  /** Every letter leaves, or none can, and then so much time passes. */
  async function wait(length: Duration, answer?: Parameters<typeof sortingOffice>[0]): Promise<void> {
    await carryAll(house.ctx, sortingOffice(answer).ways);
    await beginWaits(house.ctx, strictly);
    house.clock.move(length);
    await doDue(house.ctx, strictly);
  }

  async function asked(name: PendingName) {
    const { person, factorId } = await victim();
    const { actor } = await openSessionFor(house.stranger(), person);
    await house.db.letter.deleteMany();
    await ask(actor, name, factorId);
    return { person, factorId, thief: actor };
  }

  const changes = ({ userId }: TestPerson) => house.db.pendingChange.findMany({ where: { userId } });

  test("is judged by the rules of the day on which it is due, told, and never tried again", async () => {
    const { person, factorId } = await asked("factor.remove");
    await house.db.user.update({ where: { id: person.userId }, data: { policy: { demand: "on" } } });
    await wait(hours(24));
    expect(await changes(person)).toMatchObject([{ state: "REFUSED", why: "factors.last_one" }]);
    await house.db.user.update({ where: { id: person.userId }, data: { policy: {} } });
    await wait(hours(24));
    expect(await house.db.factor.count({ where: { id: factorId, state: "ACTIVE" } })).toBe(1);
  });

  test.each([
    ["factor.remove", 72],
    ["account.delete", 168],
  ] as const)("while every mailbox is shut waits longer, not shorter: %s for %i hours", async (name, long) => {
    const { person } = await asked(name);
    await wait(hours(long - 1), () => ({ kind: "never", reason: "550 no such mailbox" }));
    expect(await changes(person)).toMatchObject([{ state: "WAITING", waitHours: long }]);
  });

  test.each<[string, (owner: Actor, person: TestPerson) => Promise<unknown>]>([
    ["locks the account", (owner) => lockAccount(house.ctx, owner)],
    ["chooses a new password by letter", (_, person) => resetAlone(person)],
    ["has the operator shut the account", (_, { userId }) => disablePerson(house.ctx, { userId, by: "cli" })],
    ["ends all other logins", (owner) => endAllOthers(house.ctx, owner)],
    ["ends the thief's login", (owner, { userId }) => endOthersOf(owner, userId)],
  ])("is stopped when the owner %s", async (_, act) => {
    const { person } = await asked("data.download");
    house.clock.move(minutes(1));
    await act((await openSessionFor(house.ctx, person)).actor, person);
    expect(await changes(person)).toMatchObject([{ state: "VETOED" }]);
  });

  async function resetAlone(person: TestPerson): Promise<void> {
    const [code = ""] = await withRecoveryCodes(house.ctx, person);
    const { pass } = await begunReset(house, person);
    await answer(house.stranger(), pass, "recovery", code);
    await setNewPassword(house.stranger(), { pass, password: "nine slow ferries to nowhere", remove: [] });
  }

  async function endOthersOf(owner: Actor, userId: string): Promise<void> {
    const sessions = await house.db.session.findMany({ where: { userId, id: { not: owner.sessionId } } });
    for (const { id } of sessions) await endSessionOf(house.ctx, { actor: owner, id });
  }
});
