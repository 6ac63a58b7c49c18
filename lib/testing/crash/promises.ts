import { type Db, rawOf } from "@/lib/db/client";
import { findBroken } from "@/lib/invariants/find-broken";
import type { Promised } from "@/lib/testing/crash/life";

/** Everything that was promised and is not true any more, in words. */
export async function broken(db: Db, promises: readonly Promised[]): Promise<string[]> {
  const found: string[] = [];
  for (const promised of promises) if (!(await holds(db, promised))) found.push(JSON.stringify(promised));
  return [...found, ...(await brokenInvariants(db))];
}

async function holds(db: Db, promised: Promised): Promise<boolean> {
  switch (promised.what) {
    case "bound":
      return (await db.factor.count({ where: { id: promised.factorId, state: "ACTIVE" } })) === 1;
    case "code used":
      return (await db.factor.count({ where: { id: promised.factorId, lastStep: { gte: promised.step } } })) === 1;
    case "recovery code used":
      return (
        (await db.recoveryCode.count({ where: { userId: promised.userId, usedAt: { not: null } } })) >= promised.times
      );
    case "signed in":
      return (await db.challenge.count({ where: { id: promised.challengeId, state: "CONSUMED" } })) === 1;
    case "password changed":
      return (
        (await db.user.count({ where: { id: promised.userId, credentialVersion: { gte: promised.version } } })) === 1
      );
    case "signed out":
      return (await db.session.count({ where: { id: promised.sessionId } })) === 0;
  }
}

/** What must be true of the rows at every moment, whoever was killed. The people of these rounds use the pages alone, where a used code is replaced at once. */
async function brokenInvariants(db: Db): Promise<string[]> {
  const broken = await findBroken(rawOf(db));
  const odd = await db.$queryRaw<{ count: bigint }[]>`
    SELECT count(*) FROM (SELECT 1 FROM recovery_codes GROUP BY user_id HAVING count(*) FILTER (WHERE used_at IS NULL) <> 10) AS odd`;
  const sets = odd[0]?.count ?? 0n;
  return [
    ...broken.map(({ name, count, what }) => `${count} of ${name}: ${what}`),
    ...(sets === 0n ? [] : [`${sets} sets without ten unused codes`]),
  ];
}
