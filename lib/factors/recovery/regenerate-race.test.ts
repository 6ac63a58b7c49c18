import { expect, test } from "vitest";
import { inShortTransaction } from "@/lib/context/context";
import { regenerateCodes } from "@/lib/factors/regenerate-codes";
import { strategies } from "@/lib/factors/registry";
import { ensure } from "@/lib/kernel/assert";
import { openHouse } from "@/lib/testing/story";
import { makePerson, openSessionFor, withRecoveryCodes, withTotp } from "@/lib/testing/test-context";
import { untilSomebodyWaits } from "@/lib/testing/until-somebody-waits";

const house = openHouse();

test("a set made while an old code is being used voids that code's replacement too", async () => {
  const person = await makePerson(house.ctx);
  await withTotp(house.ctx, person);
  const [old] = await withRecoveryCodes(house.ctx, person);
  const { actor } = await openSessionFor(house.ctx, person);
  const held = await strategies.recovery.held(house.ctx, person.userId);
  const burn = await strategies.recovery.readAnswer({ code: old })(house.ctx, held, {
    purpose: "LOGIN",
    challengeId: "any",
  });
  const making: Promise<unknown>[] = [];
  await inShortTransaction(house.ctx, async (tx) => {
    ensure(await burn(tx), "the old code is good");
    making.push(regenerateCodes(house.ctx, { actor }));
    await untilSomebodyWaits(tx); // the ten codes are made
  });
  await Promise.all(making);
  const rows = await house.db.recoveryCode.findMany({ where: { userId: person.userId } });
  expect(rows).toHaveLength(10);
  expect(new Set(rows.map(({ setId }) => setId)).size).toBe(1);
});
