import { expect, test } from "vitest";
import { answer, isTyped, owner, type UnderContract } from "@/lib/factors/contract/under-contract.kit";
import { strategies } from "@/lib/factors/registry";
import { type House, refused } from "@/lib/testing/story";

export function answersOnce(house: House, factor: UnderContract): void {
  const { used } = strategies[factor.kind];

  test("the right answer passes, the same again does not", async () => {
    const { person, right, knock } = await owner(house, factor);
    const pass = await knock();
    const code = await right(pass);
    expect((await answer(house.stranger(), pass, factor.kind, code)).userId).toBe(person.userId);
    expect(await refused(answer(house.stranger(), await knock(), factor.kind, code))).toBe(used);
  });

  test.runIf(isTyped(factor))("the right answer is right as a letter, a chat or a list hands it over", async () => {
    const { person, right, knock } = await owner(house, factor);
    const pass = await knock();
    const copied = `\u200e${[...String(await right(pass))].join("\u00ad")}\u200b.`;
    expect((await answer(house.stranger(), pass, factor.kind, copied)).userId).toBe(person.userId);
  });

  test("two at once: one wins, also in two logins", async () => {
    const { right, knock } = await owner(house, factor);
    const [first, second] = [await knock(), await knock()];
    const code = await right(first);
    const passes = [first, first, second];
    const outcomes = await Promise.allSettled(passes.map((pass) => answer(house.stranger(), pass, factor.kind, code)));
    expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    expect(
      await house.db.challenge.count({
        where: { state: "SATISFIED", id: { in: passes.map(({ challengeId }) => challengeId) } },
      }),
    ).toBe(1);
  });
}
