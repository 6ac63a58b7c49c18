import { describe, expect, test } from "vitest";
import { inTransaction } from "@/lib/context/context";
import { bindFactor, provePending } from "@/lib/factors/bind-factor";
import { binderOf } from "@/lib/factors/binder-of";
import { cancelEnrolment } from "@/lib/factors/cancel-enrolment";
import { handOutCode } from "@/lib/factors/recovery/hand-out";
import { handingOut, kind } from "@/lib/factors/recovery/hand-out.kit";
import { prepareSet, storeSet } from "@/lib/factors/recovery/new-set";
import { countUnused } from "@/lib/factors/recovery/store";
import { regenerateCodes } from "@/lib/factors/regenerate-codes";
import { removeFactor } from "@/lib/factors/remove-factor";
import { DomainError } from "@/lib/kernel/errors";
import { resetFactors } from "@/lib/operator/reset-factors";
import { eventNames, openHouse, refused } from "@/lib/testing/story";
import { makePerson, withRecoveryCodes, withTotp } from "@/lib/testing/test-context";
import { untilSomebodyWaits } from "@/lib/testing/until-somebody-waits";
import { takeGuardRow } from "@/lib/users/store";

const house = openHouse();
const { actorOf, begin, associate, right, confirm, recover, bound, rowsOf } = handingOut(house);

describe("a change of the set between handing out and confirming", () => {
  async function waiting() {
    const person = await makePerson(house.ctx);
    const app = await withTotp(house.ctx, person);
    const [portal, elsewhere] = [await actorOf(person), await actorOf(person)];
    return { person, app, portal, elsewhere, ...(await associate(elsewhere)) };
  }

  test("a new set voids it, and its app must be begun again: nobody keeps a code that opens nothing", async () => {
    const { person, portal, elsewhere, code, secret } = await waiting();
    const { codes: ten } = await regenerateCodes(house.ctx, { actor: portal });
    expect(await refused(confirm(elsewhere, secret))).toBe("factors.enrolment_gone");
    expect(await refused(recover(person, code))).toBe("recovery.wrong_code");
    expect((await recover(person, ten[0] ?? "")).userId).toBe(person.userId);
    const again = await associate(elsewhere);
    await confirm(elsewhere, again.secret);
    expect((await recover(person, again.code)).userId).toBe(person.userId);
  });

  test("removing the last factor voids it", async () => {
    const { person, portal, app } = await waiting();
    await removeFactor(house.ctx, { actor: portal, factorId: app.factorId });
    expect(await rowsOf(person)).toEqual([]);
    expect(await house.db.factor.count({ where: { userId: person.userId } })).toBe(0);
    expect(await eventNames(house.ctx, person.userId)).not.toContain("recovery.voided"); // none was good for anything
  });

  test("an operator's reset voids it", async () => {
    const { person } = await waiting();
    expect(await resetFactors(house.ctx, { userId: person.userId, by: "cli" })).toMatchObject({ factors: 1, codes: 0 });
    expect(await rowsOf(person)).toEqual([]);
  });

  test("a set that is made while the code is hashed stops it: it would be under another salt", async () => {
    const person = await makePerson(house.ctx);
    await withTotp(house.ctx, person);
    await withRecoveryCodes(house.ctx, person);
    const { factorId } = await begin(await actorOf(person));
    const set = await prepareSet(house.ctx);
    const handing: Promise<string>[] = [];
    await inTransaction(house.ctx, async (tx) => {
      await takeGuardRow(tx, person.userId);
      handing.push(refused(handOutCode(house.ctx, { userId: person.userId, factorId })));
      await untilSomebodyWaits(tx); // the code is hashed
      await storeSet(tx, person.userId, set);
    });
    expect(await Promise.all(handing)).toEqual(["account.changed_meanwhile"]);
    expect(await rowsOf(person)).toHaveLength(10);
  });

  test("one that is handed out between the judging of the app's code and its binding stops the binding", async () => {
    const person = await makePerson(house.ctx);
    const actor = await actorOf(person);
    const binder = binderOf(actor);
    const { factorId, secret } = await begin(actor);
    const proven = await provePending(house.ctx, { binder, kind, answer: right(secret) });
    const code = await handOutCode(house.ctx, { userId: person.userId, factorId });
    const from = actor.credentialVersion;
    const binding = inTransaction(house.ctx, (tx) =>
      bindFactor(tx, { proven, label: "App", from, along: async () => undefined }),
    );
    expect(await refused(binding)).toBe("account.changed_meanwhile");
    await confirm(actor, secret);
    expect((await recover(person, code)).userId).toBe(person.userId);
  });

  test("a new set voids one that was confirmed, like every other", async () => {
    const { person, code } = await bound();
    const { codes: ten } = await regenerateCodes(house.ctx, { actor: await actorOf(person) });
    expect(await refused(recover(person, code))).toBe("recovery.wrong_code");
    expect((await recover(person, ten[9] ?? "")).userId).toBe(person.userId);
    expect(await countUnused(house.ctx, person.userId)).toBe(10);
  });
});

test("handed out, given up, confirmed and made anew at once: no fault, one salt, and no code without its app", async () => {
  for (let round = 0; round < 6; round += 1) {
    const person = await makePerson(house.ctx);
    await withTotp(house.ctx, person);
    const [portal, elsewhere] = [await actorOf(person), await actorOf(person)];
    const { factorId, secret } = await associate(elsewhere);
    const outcomes = await Promise.allSettled([
      cancelEnrolment(house.ctx, { actor: portal, kind }),
      handOutCode(house.ctx, { userId: person.userId, factorId }),
      regenerateCodes(house.ctx, { actor: portal }),
      round % 2 === 0 ? confirm(elsewhere, secret) : cancelEnrolment(house.ctx, { actor: elsewhere, kind }),
    ]);
    for (const outcome of outcomes)
      if (outcome.status === "rejected") expect(outcome.reason).toBeInstanceOf(DomainError);
    const codes = await rowsOf(person);
    expect(new Set(codes.map(({ salt, setId }) => `${salt} ${setId}`)).size).toBe(1);
    for (const each of codes.filter(({ activeAt }) => activeAt === null))
      expect(await house.db.factor.count({ where: { id: each.factorId ?? "", state: "PENDING" } })).toBe(1);
  }
});
