import { Prisma } from "@/lib/db/client";
import type { Invariant } from "@/lib/invariants/invariant";

const chooseAnew =
  "Please report it, with these ids, and have that person choose a new password, which ends their sessions: npm run portal -- people invite EMAIL";

/** 1: what is good once opened something once. Where something was removed since, its uses are given the benefit of the doubt. */
export const ofUses: readonly Invariant[] = [
  {
    name: "step.twice",
    what: "A time step of an authenticator app that opened more doors than its owner has apps: one code was taken twice.",
    cure: chooseAnew,
    rows: Prisma.sql`SELECT min(c.id) AS id, c.user_id FROM challenges c WHERE c.satisfied_step IS NOT NULL
      GROUP BY c.user_id, c.satisfied_step
      HAVING count(*) > 1 AND count(*) > greatest(1, (SELECT count(*) FROM factors f WHERE f.user_id = c.user_id AND f.last_step IS NOT NULL))
        + (SELECT count(*) FROM security_events e WHERE e.subject_id = c.user_id AND e.name IN ('factor.bound', 'factor.removed', 'account.factors_reset')
          AND e.at >= min(c.created_at))`,
  },
  {
    name: "recovery.twice",
    what: "Somebody whose recovery codes opened more doors than there are used ones: one of them was taken twice.",
    cure: chooseAnew,
    rows: Prisma.sql`SELECT r.user_id AS id, r.user_id FROM (SELECT user_id, min(created_at) AS since, count(used_at) AS used FROM recovery_codes GROUP BY user_id) AS r
      WHERE r.used < (SELECT count(*) FROM security_events e WHERE e.subject_id = r.user_id AND e.name = 'recovery.used' AND e.at >= r.since)
        AND NOT EXISTS (SELECT FROM security_events e WHERE e.subject_id = r.user_id AND e.at >= r.since
          AND (e.name IN ('factor.removed', 'account.factors_reset') OR (e.name = 'factor.bound' AND e.meta ? 'replaced')))`,
  },
  {
    name: "link.twice",
    what: "A link that sets a new password and did so twice, or without being spent.",
    cure: chooseAnew,
    rows: Prisma.sql`SELECT link_id AS id, min(user_id) AS user_id FROM challenges WHERE link_id IS NOT NULL AND state IN ('SATISFIED', 'CONSUMED')
      GROUP BY link_id HAVING count(*) > 1
      UNION SELECT l.id, l.user_id FROM one_time_links l JOIN challenges c ON c.link_id = l.id AND c.state IN ('SATISFIED', 'CONSUMED') WHERE l.consumed_at IS NULL`,
  },
  {
    name: "link.late",
    what: "A link that was used when its time was over.",
    cure: chooseAnew,
    rows: Prisma.sql`SELECT id, user_id FROM one_time_links WHERE consumed_at > expires_at`,
  },
];
