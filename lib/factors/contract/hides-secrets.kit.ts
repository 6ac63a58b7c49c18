import { expect, test } from "vitest";
import { answer, fieldsOf, owner, type UnderContract } from "@/lib/factors/contract/under-contract.kit";
import { listFactors } from "@/lib/testing/listed-factors";
import { aloud, type House, refused } from "@/lib/testing/story";

export function hidesSecrets(house: House, factor: UnderContract): void {
  test("nothing secret stands in a view, an event, a row or the log", async () => {
    const { person, right, secrets, knock } = await owner(house, factor);
    const pass = await knock();
    const code = await right(pass);
    await answer(aloud(house.stranger()), pass, factor.kind, code);
    await refused(answer(aloud(house.stranger()), await knock(), factor.kind, code));
    const { userId } = person;
    const seen = [
      await listFactors(house.ctx, { userId, deviceId: null }),
      await house.db.factor.findMany({ where: { userId } }),
      await house.db.recoveryCode.findMany({ where: { userId } }),
      await house.db.oneTimeCode.findMany({ where: { userId } }),
      await house.db.letter.findMany({ where: { userId }, omit: { seq: true } }),
      await house.db.securityEvent.findMany({ where: { subjectId: userId }, omit: { id: true } }),
      house.logged(),
    ];
    expect(house.logged().join("")).toContain("challenge.answered");
    const typed = Object.values(fieldsOf(factor.kind, code)).map(String);
    for (const hidden of [...secrets, ...typed]) expect(JSON.stringify(seen)).not.toContain(hidden);
  });
}
