import { expect, test } from "vitest";
import { answer, giveBoundFactor, owner, type UnderContract } from "@/lib/factors/contract/under-contract.kit";
import { strategies } from "@/lib/factors/registry";
import { atSecondDoor, type House, refused } from "@/lib/testing/story";
import { makePerson } from "@/lib/testing/test-context";

export function refusesTheRest(house: House, factor: UnderContract): void {
  const { wrong, field } = strategies[factor.kind];

  test("a wrong one is refused in the factor's own words", async () => {
    const { knock } = await owner(house, factor);
    expect(await refused(answer(house.stranger(), await knock(), factor.kind, factor.wrong))).toBe(wrong);
  });

  test("another person's right answer is a wrong one, and stays unspent", async () => {
    const [mine, theirs] = [await owner(house, factor), await owner(house, factor)];
    const pass = await theirs.knock();
    const code = await theirs.right(pass);
    expect(await refused(answer(house.stranger(), await mine.knock(), factor.kind, code))).toBe(wrong);
    expect((await answer(house.stranger(), pass, factor.kind, code)).userId).toBe(theirs.person.userId);
  });

  test("whoever does not have it reads the same words", async () => {
    const nobody = await makePerson(house.ctx);
    await giveBoundFactor(house, nobody);
    await house.db.factor.updateMany({ where: { userId: nobody.userId }, data: { kind: "none" } });
    const pass = await atSecondDoor(house.stranger(), nobody.userId);
    expect(await refused(answer(house.stranger(), pass, factor.kind, factor.wrong))).toBe(wrong);
  });

  test("malformed ones cost nothing", async () => {
    const { person, knock } = await owner(house, factor);
    const pass = await knock();
    for (const value of factor.malformed) {
      const attempt = answer(house.stranger(), pass, factor.kind, { [field]: value });
      expect(await refused(attempt), JSON.stringify(value)).toMatch(/\.malformed$/);
    }
    expect(await house.db.challenge.findUnique({ where: { id: pass.challengeId } })).toMatchObject({
      attemptsLeft: 5,
      consumed: [],
    });
    expect(await house.db.bucket.count({ where: { key: { contains: person.userId } } })).toBe(0);
  });
}
