import { setTimeout as pause } from "node:timers/promises";
import type { House } from "@/e2e/support/house";
import type { Promised, Scene } from "@/e2e/support/killed/life";

/** What must be true of the rows whoever was killed: each line counts what is wrong. */
const wrong = `
  SELECT 'logins that were answered twice' AS what, count(*) FROM (SELECT 1 FROM security_events WHERE name = 'challenge.answered'
    GROUP BY meta->>'challenge' HAVING count(*) > 1) AS twice
  UNION ALL SELECT 'challenges with several sessions', count(*) FROM (SELECT 1 FROM sessions GROUP BY challenge_id HAVING count(*) > 1) AS several
  UNION ALL SELECT 'sessions of a challenge that was not consumed', count(*) FROM sessions s JOIN challenges c ON c.id = s.challenge_id WHERE c.state <> 'CONSUMED'
  UNION ALL SELECT 'answers without their event', count(*) FROM challenges c WHERE c.satisfied_with IS NOT NULL AND NOT EXISTS (
    SELECT 1 FROM security_events e WHERE e.name = 'challenge.answered' AND e.meta ->> 'challenge' = c.id)
  UNION ALL SELECT 'negative counters', count(*) FROM buckets WHERE fails < 0 OR orphans < 0
  UNION ALL SELECT 'letters given up', count(*) FROM letters WHERE parked_at IS NOT NULL`;

const answers =
  "SELECT subject_id AS person, count(*)::int AS count FROM security_events WHERE name = 'challenge.answered' GROUP BY 1";

/** Everything that is not as it was told to be, in words. */
export async function broken(house: House, { tally }: Scene, promises: readonly Promised[]): Promise<string[]> {
  const counts = await house.sql(wrong);
  const found = counts.flatMap(({ what, count }) => (String(count) === "0" ? [] : [`${count} ${what}`]));
  for (const { person, count } of await house.sql(answers)) {
    const typed = tally.typed.get(String(person))?.size ?? 0;
    if (Number(count) > typed) found.push(`${count} codes were accepted of somebody who typed ${typed}`);
  }
  for (const { visitor } of promises) {
    const page = await visitor.open("/security");
    if (page?.status !== 200) found.push(`somebody who was let in reads ${page?.status ?? "nothing"}`);
  }
  return found;
}

const waiting = `SELECT kind, count(*) FROM letters WHERE sent_at IS NULL AND parked_at IS NULL AND not_before <= now()
  AND (expires_at IS NULL OR expires_at > now()) GROUP BY kind`;

/** The letters that should have left, and have not two minutes after the last kill: longer than anybody who was killed can have held one. */
export async function stillWaiting(house: House): Promise<string[]> {
  for (let looks = 0; looks < 120 && (await house.sql(waiting)).length > 0; looks += 1) await pause(1_000);
  return (await house.sql(waiting)).map(({ kind, count }) => `${count} letters ${kind} have not left`);
}
