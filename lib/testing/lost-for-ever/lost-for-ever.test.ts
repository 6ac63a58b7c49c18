import { afterAll, beforeAll, expect, test } from "vitest";
import type { Ctx } from "@/lib/context/context";
import { openDatabase } from "@/lib/db/client";
import { isDatabaseFault } from "@/lib/db/database-fault";
import type { PrismaClient } from "@/lib/db/generated/client";
import { earlier, minutes } from "@/lib/kernel/duration";
import { sendingSettings } from "@/lib/testing/letters";
import { deeds } from "@/lib/testing/lost-for-ever/deeds";
import { openHouse } from "@/lib/testing/story";

const kinds = { SECOND_FACTOR_KINDS: "passkey,totp,sms,email", PASSKEY_UNASKED: "true" };
const house = openHouse({ ...sendingSettings, ...kinds, REGISTRATION: "open" });

/** A portal with enough connections for all of them at once: none waits for another's. */
let portal: PrismaClient;
beforeAll(() => {
  portal = openDatabase(house.url, 40);
});
afterAll(() => portal.$disconnect());
const owner = (): Ctx => ({ ...house.ctx, now: house.ctx.now, db: portal });
const stranger = (): Ctx => ({ ...house.stranger(), now: house.ctx.now, db: portal });

/** From now on every transaction that tells what it did is lost, as where somebody else is always first. Out: how to end that. */
async function loseForEver(): Promise<() => Promise<void>> {
  await house.db.$executeRaw`CREATE FUNCTION lose() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN RAISE EXCEPTION 'lost' USING ERRCODE = '40001'; END $$`;
  await house.db.$executeRaw`CREATE TRIGGER lose BEFORE INSERT ON security_events FOR EACH ROW EXECUTE FUNCTION lose()`;
  await house.db.$executeRaw`CREATE TRIGGER lose BEFORE INSERT ON letters FOR EACH ROW EXECUTE FUNCTION lose()`;
  return async () => {
    await house.db.$executeRaw`DROP FUNCTION lose() CASCADE`;
  };
}

/** What is counted, of anybody, and what there is. A window that was refunded stays as a row that counts nothing, and a gap between two codes that is over may go. */
async function standing() {
  const { db } = house;
  const some = { OR: [{ fails: { gt: 0 } }, { orphans: { gt: 0 } }] };
  const isOver = { key: { startsWith: "send.gap:" }, windowStart: { lt: earlier(house.ctx.now, minutes(1)) } };
  const counted = { key: true, fails: true, orphans: true, blockedUntil: true } as const;
  const inOrder = { orderBy: { id: "asc" } } as const;
  return {
    buckets: await db.bucket.findMany({ where: { ...some, NOT: isOver }, select: counted, orderBy: { key: "asc" } }),
    challenges: await db.challenge.findMany(inOrder),
    accounts: await db.user.findMany({ select: { passwordFailures: true, passwordHash: true }, ...inOrder }),
    factors: await db.factor.findMany(inOrder),
    proofs: await db.contactProof.findMany(inOrder),
    unlocks: await db.unlock.findMany(inOrder),
    letters: await db.letter.count(),
    sessions: await db.session.findMany({ select: { id: true, stepUpFailures: true }, ...inOrder }),
  };
}

test("a database where somebody else is always first: later, nothing is granted, nothing is consumed, and then it is done", {
  timeout: 120_000, // three dozen deeds are made ready one after the other
}, async () => {
  const ready: (readonly [string, () => Promise<unknown>])[] = [];
  for (const [name, prepare] of Object.entries(deeds)) ready.push([name, await prepare({ house, owner, stranger })]); // one after the other: some move the clock
  const before = await standing();
  const stop = await loseForEver();
  const outcomes = await Promise.allSettled(ready.map(([, act]) => act()));
  await stop();
  const answered = ready.flatMap(([name], nth) => {
    const outcome = outcomes[nth];
    return outcome?.status === "rejected" && isDatabaseFault(outcome.reason) ? [] : [[name, outcome]];
  });
  expect(answered).toEqual([]);
  expect(await standing()).toEqual(before);
  for (const [, act] of ready) await act();
});
