import { expect, test } from "vitest";
import { insertCode, listLiveCodes, spendCode } from "@/lib/factors/sent-code/store";
import { minutes } from "@/lib/kernel/duration";
import { openHouse } from "@/lib/testing/story";
import { makePerson } from "@/lib/testing/test-context";

const house = openHouse();

test("a code that twenty ask for at once is spent once, and never again", async () => {
  const { userId } = await makePerson(house.ctx);
  const of = { purpose: "login:sms", userId, challengeId: "hers" };
  const code = { id: house.ctx.random.id(), hash: "hash", factorId: null, lifetime: minutes(5) };
  await insertCode(house.ctx, { ...code, ...of });
  expect(await listLiveCodes(house.ctx, of)).toMatchObject([{ id: code.id }]);
  const spent = await Promise.all(Array.from({ length: 20 }, () => spendCode(house.ctx, code.id, of.purpose)));
  expect(spent.filter((one) => one)).toHaveLength(1);
  expect(await spendCode(house.ctx, code.id, of.purpose)).toBe(false);
  expect(await listLiveCodes(house.ctx, of)).toEqual([]);
});
