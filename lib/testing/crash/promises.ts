import type { Db } from "@/lib/db/client";
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

type Count = { readonly what: string; readonly count: bigint };

/** What must be true of the rows at every moment, whoever was killed. */
async function brokenInvariants(db: Db): Promise<string[]> {
  const counts = await db.$queryRaw<Count[]>`
    SELECT 'sessions of a challenge that was not consumed' AS what, count(*) FROM sessions s JOIN challenges c ON c.id = s.challenge_id WHERE c.state <> 'CONSUMED'
    UNION ALL SELECT 'answers without their event', count(*) FROM challenges c WHERE c.satisfied_with IS NOT NULL AND NOT EXISTS (
      SELECT 1 FROM security_events e WHERE e.name = 'challenge.answered' AND e.meta ->> 'challenge' = c.id)
    UNION ALL SELECT 'active factors that were never confirmed', count(*) FROM factors WHERE state = 'ACTIVE' AND confirmed_at IS NULL
    UNION ALL SELECT 'people with several sets of codes', count(*) FROM (SELECT 1 FROM recovery_codes WHERE used_at IS NULL GROUP BY user_id HAVING count(DISTINCT set_id) > 1) AS several
    UNION ALL SELECT 'sets without ten unused codes', count(*) FROM (SELECT 1 FROM recovery_codes GROUP BY user_id HAVING count(*) FILTER (WHERE used_at IS NULL) <> 10) AS odd
    UNION ALL SELECT 'negative counters', count(*) FROM buckets WHERE fails < 0 OR orphans < 0`;
  return counts.flatMap(({ what, count }) => (count === 0n ? [] : [`${count} ${what}`]));
}
