import { Client } from "pg";
import { afterEach, expect, test, vi } from "vitest";
import { policy } from "@/lib/policy/policy";
import { sendingSettings } from "@/lib/testing/letters";
import { textOf } from "@/lib/testing/statements/count";
import { openHouse, refused } from "@/lib/testing/story";
import { makePerson } from "@/lib/testing/test-context";
import { bucketKey } from "@/lib/throttle/bucket";
import { openUnlockByCode } from "@/lib/unlocks/open-unlock";
import { unlockHash } from "@/lib/unlocks/token";
import { askedUnlock } from "@/lib/unlocks/unlocks.kit";
import { insertAccount } from "@/lib/users/store";

const house = openHouse(sendingSettings);

afterEach(() => vi.restoreAllMocks());

/** Somebody asks for the letter of a name and types wrong codes, one more than a letter has tries: what each costs, in statements and in rows that are written. */
async function workOf(name: string, userId: string) {
  const { waitToken, code } = await askedUnlock(house, name, userId);
  const wrong = code === "00000000" ? "11111111" : "00000000";
  const key = bucketKey("unlock.code", unlockHash(waitToken, "unw_") ?? "");
  const work = [];
  for (let typo = 0; typo <= policy.unlock.codeTries; typo += 1) {
    const events = await refusals();
    const asked = vi.spyOn(Client.prototype, "query");
    expect(await refused(openUnlockByCode(house.stranger(), { waitToken, code: wrong }))).toBe("unlock.wrong_code");
    const statements = asked.mock.calls.map(([given]: readonly unknown[]) => textOf(given));
    asked.mockRestore();
    const counted = await house.db.bucket.findUnique({ where: { key } });
    work.push({ statements, counted: counted?.fails, recorded: (await refusals()) - events });
  }
  return work;
}

const refusals = () => house.db.securityEvent.count({ where: { name: "unlock.refused" } });

test("a wrong code of a known, an unknown, a disabled and a never used name cost the same statements, and leave as many rows", async () => {
  const [known, disabled] = [await makePerson(house.ctx), await makePerson(house.ctx)];
  await house.db.user.update({ where: { id: disabled.userId }, data: { disabledAt: house.ctx.now } });
  await insertAccount(house.ctx, { id: "invited", email: "hedy@example.test", username: null, isAdmin: false });
  const work = await workOf(known.email, known.userId);
  expect(work.map(({ counted, recorded }) => [counted, recorded])).toEqual([
    ...[1, 2, 3, 4, 5].map((counted) => [counted, 1]),
    [5, 0],
  ]);
  for (const name of ["nobody@example.test", "hedy@example.test", disabled.email])
    expect(await workOf(name, known.userId)).toEqual(work);
});
