import { expect, test } from "vitest";
import { answer, owner, type UnderContract } from "@/lib/factors/contract/under-contract.kit";
import { bucketOf } from "@/lib/policy/throttle-rules";
import { type House, refused, whileBroken } from "@/lib/testing/story";

export function countsFairly(house: House, factor: UnderContract): void {
  const bucket = bucketOf(factor.kind);

  test("a fault of ours refunds the try, and the answer is still good", async () => {
    const { person, right, knock } = await owner(house, factor);
    const pass = await knock();
    const code = await right(pass);
    await whileBroken(house.ctx, () =>
      expect(answer(house.stranger(), pass, factor.kind, code)).rejects.toThrow("broken"),
    );
    expect(await house.db.challenge.findUnique({ where: { id: pass.challengeId } })).toMatchObject({
      attemptsLeft: 5,
      consumed: [],
    });
    expect(
      await house.db.bucket.count({
        where: {
          key: { startsWith: "factor.", contains: person.userId },
          OR: [{ fails: { gt: 0 } }, { orphans: { gt: 0 } }],
        },
      }),
    ).toBe(0);
    expect((await answer(house.stranger(), pass, factor.kind, code)).userId).toBe(person.userId);
  });

  test("its tries are counted in its own bucket and no other", async () => {
    const { person, knock } = await owner(house, factor);
    await refused(answer(house.stranger(), await knock(), factor.kind, factor.wrong));
    const keys = (await house.db.bucket.findMany({ where: { key: { contains: person.userId } } })).map(
      ({ key }) => key,
    );
    expect(keys).toEqual(bucket === null ? [] : [`${bucket}:${person.userId}`]);
  });
}
