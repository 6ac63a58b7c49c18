import { describe, expect, test } from "vitest";
import { insider, prove, revertTokenTo, someMailbox } from "@/lib/account/contacts/contacts.kit";
import { revertEmail } from "@/lib/account/contacts/revert-email";
import { findHeldKinds } from "@/lib/factors/held-kinds";
import { ensure } from "@/lib/kernel/assert";
import { days, hours, minutes } from "@/lib/kernel/duration";
import { findResetWay } from "@/lib/resets/reset-way";
import { sendingSettings } from "@/lib/testing/letters";
import { begunReset } from "@/lib/testing/resets";
import { answer } from "@/lib/testing/second-door";
import { openHouse, refused } from "@/lib/testing/story";
import { makePerson, openSessionFor, withTotp } from "@/lib/testing/test-context";
import { listResetAddresses } from "@/lib/users/reset-addresses";
import { findAccount } from "@/lib/users/store";

const house = openHouse(sendingSettings);

async function way(userId: string) {
  const account = await findAccount(house.ctx, userId);
  ensure(account, "the person has an account");
  return findResetWay(house.ctx, account, await findHeldKinds(house.ctx, { userId, deviceId: null }));
}

describe("a reset after the login e-mail was changed", () => {
  test("a thief at an open session who moved it and bound a factor of their own gets no password by it: both mailboxes hear, the operator decides", async () => {
    const { person, actor } = await insider(house.ctx);
    const { userId, email } = person;
    expect(await way(userId)).toBe("alone");
    const thiefs = someMailbox(house.ctx);
    await prove(house.ctx, actor, "login", thiefs);
    expect(await listResetAddresses(house.ctx, { id: userId })).toEqual([thiefs, email]);
    expect(await way(userId)).toBe("operator");
    house.clock.move(minutes(1));
    await withTotp(house.ctx, person);
    expect(await way(userId)).toBe("operator");
    await revertEmail(house.stranger(), { token: await revertTokenTo(house.ctx, userId, email) });
    expect(await way(userId)).toBe("operator");
    house.clock.move(hours(72));
    expect(await listResetAddresses(house.ctx, { id: userId })).toEqual([email]);
  });

  test("an owner with a factor from before answers with it, from either mailbox", async () => {
    const { person } = await insider(house.ctx);
    await withTotp(house.ctx, person);
    house.clock.move(hours(1));
    const { actor } = await openSessionFor(house.ctx, person);
    await prove(house.ctx, actor, "login", someMailbox(house.ctx));
    expect(await way(person.userId)).toBe("answer");
  });

  test("a thief who bound a factor of their own and waited a day for the change has none that counts, also once it is taken back", async () => {
    const person = await makePerson(house.ctx);
    const own = await withTotp(house.ctx, person);
    house.clock.move(days(8));
    const thiefs = await withTotp(house.ctx, person, "Thief's");
    house.clock.move(hours(24));
    const { actor } = await openSessionFor(house.ctx, person);
    await prove(house.ctx, actor, "login", someMailbox(house.ctx));
    await revertEmail(house.stranger(), { token: await revertTokenTo(house.ctx, person.userId, person.email) });
    const { pass } = await begunReset(house, person);
    const code = (app: typeof own) => answer(house.stranger(), pass, "totp", app.codeAt(house.ctx.now));
    expect(await refused(code(thiefs))).toBe("totp.wrong_code");
    expect(await code(own)).toMatchObject({ purpose: "RESET" });
    await house.db.factor.delete({ where: { id: own.factorId } });
    expect(await way(person.userId)).toBe("operator");
  });
});
