import { describe, expect, test } from "vitest";
import { someMailbox } from "@/lib/account/contacts/contacts.kit";
import { days } from "@/lib/kernel/duration";
import { askForChange } from "@/lib/pending/ask-for-change";
import { askToRemoveFactor } from "@/lib/pending/ask-to-remove";
import { type DataOf, type PendingName, pendingKinds } from "@/lib/pending/registry";
import type { Actor } from "@/lib/sessions/acting-session";
import { sendingSettings } from "@/lib/testing/letters";
import { settledActor } from "@/lib/testing/settled";
import { openHouse } from "@/lib/testing/story";
import { makePerson, openSessionFor, withTotp } from "@/lib/testing/test-context";

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
