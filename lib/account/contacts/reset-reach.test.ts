import { expect, test } from "vitest";
import { insider, prove, revertTokenTo, someMailbox } from "@/lib/account/contacts/contacts.kit";
import { revertEmail } from "@/lib/account/contacts/revert-email";
import { hours } from "@/lib/kernel/duration";
import { changeEmail } from "@/lib/operator/change-email";
import { sendingSettings } from "@/lib/testing/letters";
import { openHouse } from "@/lib/testing/story";
import { makePerson } from "@/lib/testing/test-context";
import { findResetReach } from "@/lib/users/contacts/reset-reach";

const house = openHouse(sendingSettings);
const reach = (userId: string) => findResetReach(house.ctx, userId);

test("a reset goes to the login e-mail, and every factor counts", async () => {
  const { userId, email } = await makePerson(house.ctx);
  expect(await reach(userId)).toEqual({ to: [email], factorsBefore: null });
  expect(await reach("nobody")).toBeNull();
});

test("what an operator typed and nobody confirmed counts, but never for an administrator", async () => {
  for (const isAdmin of [false, true]) {
    const { userId, email } = await makePerson(house.ctx, { isAdmin });
    await house.db.user.update({ where: { id: userId }, data: { emailConfirmedAt: null } });
    expect(await reach(userId)).toEqual({ to: isAdmin ? [] : [email], factorsBefore: null });
  }
});

test("a thief at an open session who moves the login e-mail resets nothing alone: both mailboxes hear, and only a factor from before counts", async () => {
  const { person, actor } = await insider(house.ctx);
  const thiefs = someMailbox(house.ctx);
  const changedAt = house.ctx.now;
  await prove(house.ctx, actor, "login", thiefs);
  expect(await reach(person.userId)).toEqual({ to: [thiefs, person.email], factorsBefore: changedAt });
  house.clock.move(hours(72));
  expect(await reach(person.userId)).toEqual({ to: [thiefs], factorsBefore: null });
});

test("a thief with the old mailbox who takes the change back gets no way in by a reset: it still asks for a factor from before", async () => {
  const { person, actor } = await insider(house.ctx);
  const owners = someMailbox(house.ctx);
  const changedAt = house.ctx.now;
  await prove(house.ctx, actor, "login", owners);
  await revertEmail(house.stranger(), { token: await revertTokenTo(house.ctx, person.userId, person.email) });
  expect(await reach(person.userId)).toEqual({ to: [person.email, owners], factorsBefore: changedAt });
});

test("once an operator said which address is theirs, that is the only one", async () => {
  const { person, actor } = await insider(house.ctx);
  await prove(house.ctx, actor, "login", someMailbox(house.ctx));
  const entered = someMailbox(house.ctx);
  await changeEmail(house.ctx, { userId: person.userId, typed: entered, by: "cli" });
  expect(await reach(person.userId)).toEqual({ to: [entered], factorsBefore: null });
});
