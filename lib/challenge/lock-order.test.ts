import { expect, test } from "vitest";
import { answerChallenge } from "@/lib/challenge/answer-challenge";
import { startStepUp } from "@/lib/challenge/start-step-up";
import { inShortTransaction, inTransaction, sql } from "@/lib/context/context";
import { openHouse, refused, wrongCode } from "@/lib/testing/story";
import { makePerson, openSessionFor, withTotp } from "@/lib/testing/test-context";
import { untilSomebodyWaits } from "@/lib/testing/until-somebody-waits";
import { bucketKey } from "@/lib/throttle/bucket";
import { resetTries } from "@/lib/throttle/reset-tries";

const house = openHouse();

test("a step-up and a change to factors at the same moment wait for each other's rows in the same order", async () => {
  const person = await makePerson(house.ctx);
  const app = await withTotp(house.ctx, person);
  const { session } = await openSessionFor(house.ctx, person);
  await house.db.session.update({ where: { id: session.id }, data: { deviceId: null } });
  const pass = await startStepUp(house.ctx, {
    session: { ...session, deviceId: null },
    action: "factor.remove",
    returnTo: "/security",
  });
  const answering = (code: string) =>
    answerChallenge(house.ctx, { pass, kind: "totp", answer: { code }, sessionId: session.id });
  expect(await refused(answering(wrongCode(app.secret, house.ctx.now)))).toBe("totp.wrong_code");
  const proofs: Promise<unknown>[] = [];
  await inTransaction(house.ctx, async (change) => {
    await inTransaction(house.ctx, async (other) => {
      await sql(other).$executeRaw`UPDATE factors SET label = label WHERE id = ${app.factorId}`;
      proofs.push(answering(app.codeAt(house.ctx.now)));
      await untilSomebodyWaits(other); // consumed and judged, the answer waits for the factor
      await sql(change).$executeRaw`UPDATE sessions SET agent = agent WHERE id = ${session.id}`;
    });
    await untilSomebodyWaits(change); // now it waits for the session, and must not hold the counter
    await sql(change).$executeRaw`DELETE FROM buckets WHERE key = ${bucketKey("factor.totp", person.userId)}`;
  });
  await expect(Promise.all(proofs)).resolves.toMatchObject([{ purpose: "STEP_UP" }]);
});

test("counters that are reset together are taken in the order in which a try consumes them: the device's, then the account's", async () => {
  const keys = ["factor.trusted:factor.totp:a-device", "factor.totp:an-account"];
  const [device = "", account = ""] = keys;
  for (const key of keys)
    await house.db.bucket.create({
      data: { key, fails: 3, orphans: 3, windowStart: house.ctx.now, updatedAt: house.ctx.now },
    });
  let resetting: Promise<void> = Promise.resolve();
  await inTransaction(house.ctx, async (other) => {
    await sql(other).$executeRaw`UPDATE buckets SET fails = fails WHERE key = ${device}`;
    resetting = inShortTransaction(house.ctx, (tx) => resetTries(tx, { consumed: keys, answered: keys }));
    await untilSomebodyWaits(other); // it waits for the device's counter, and must not hold the account's
    await sql(other).$executeRaw`SELECT 1 FROM buckets WHERE key = ${account} FOR UPDATE NOWAIT`;
  });
  await resetting;
  expect(await house.db.bucket.findMany({ where: { key: { in: keys } }, select: { fails: true } })).toEqual([
    { fails: 0 },
    { fails: 0 },
  ]);
});
