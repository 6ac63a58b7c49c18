import { describe, expect, test } from "vitest";
import { insider, prove, revertTokenTo, someMailbox } from "@/lib/account/contacts/contacts.kit";
import { revertEmail } from "@/lib/account/contacts/revert-email";
import { minutes } from "@/lib/kernel/duration";
import { sendingSettings } from "@/lib/testing/letters";
import { knock, openHouse, refused } from "@/lib/testing/story";
import { makePerson } from "@/lib/testing/test-context";
import { openUnlockByLink } from "@/lib/unlocks/open-unlock";
import { askedUnlock } from "@/lib/unlocks/unlocks.kit";

const house = openHouse(sendingSettings);

describe("for three days after a change of the login e-mail", () => {
  test("a thief who kept the owner's old mailbox gets no letter that lets them try the password; the owner gets it at the new one", async () => {
    const { person, actor } = await insider(house.ctx);
    const owners = someMailbox(house.ctx);
    await prove(house.ctx, actor, "login", owners);
    house.clock.move(minutes(1));
    expect((await askedUnlock(house, owners, person.userId)).to).toEqual([owners]);
    expect((await askedUnlock(house, person.email, person.userId)).to).toEqual([]);
  });

  test("a thief at an open session who moved it gains ten tries a letter at a password that they do not know; the owner takes all of it back", async () => {
    const { person, actor } = await insider(house.ctx);
    const thiefs = someMailbox(house.ctx);
    await prove(house.ctx, actor, "login", thiefs);
    house.clock.move(minutes(1));
    const { token, to } = await askedUnlock(house, thiefs, person.userId);
    expect(to).toEqual([thiefs]);
    const unlockToken = await openUnlockByLink(house.stranger(), { token });
    await revertEmail(house.stranger(), { token: await revertTokenTo(house.ctx, person.userId, person.email) });
    expect(await refused(knock(house.stranger(), person, { unlockToken }))).toBe("login.wrong");
    expect((await askedUnlock(house, thiefs, person.userId)).to).toEqual([]);
  });
});

test("an administrator's address that nobody has confirmed gets none; anybody else's does, and using it proves the mailbox", async () => {
  for (const isAdmin of [true, false]) {
    const person = await makePerson(house.ctx, { isAdmin });
    await house.db.user.update({ where: { id: person.userId }, data: { emailConfirmedAt: null } });
    const { token, to } = await askedUnlock(house, person.email, person.userId);
    expect(to).toEqual(isAdmin ? [] : [person.email]);
    if (isAdmin) continue;
    await openUnlockByLink(house.stranger(), { token });
    const { emailConfirmedAt } = await house.db.user.findUniqueOrThrow({ where: { id: person.userId } });
    expect(emailConfirmedAt).toEqual(house.ctx.now);
  }
});
