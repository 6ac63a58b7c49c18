import { expect, test } from "vitest";
import { findFactorView } from "@/lib/factors/list-factors";
import { openHouse } from "@/lib/testing/story";
import { makePerson, withTotp } from "@/lib/testing/test-context";

const house = openHouse();

test("a factor is found by its owner; a foreign id, an empty, a huge and a broken one read like one that never was", async () => {
  const [ada, grace] = [await makePerson(house.ctx), await makePerson(house.ctx)];
  const [own, foreign] = [await withTotp(house.ctx, ada), await withTotp(house.ctx, grace)];
  expect(await findFactorView(house.ctx, { ...ada, deviceId: null }, own.factorId)).toMatchObject({ id: own.factorId });
  for (const id of [foreign.factorId, "", "\0", `${own.factorId}\0`, "\ud800", "x".repeat(8000)])
    expect(await findFactorView(house.ctx, { ...ada, deviceId: null }, id)).toBeNull();
});
