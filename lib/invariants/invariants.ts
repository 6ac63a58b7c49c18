import { Prisma } from "@/lib/db/client";
import { recoveryNumbers } from "@/lib/factors/recovery/numbers";
import type { Invariant } from "@/lib/invariants/invariant";
import { ofLifetimes } from "@/lib/invariants/of-lifetimes";
import { ofNotices } from "@/lib/invariants/of-notices";
import { ofUses } from "@/lib/invariants/of-uses";

const report = "Please report it, with these ids.";
const endSessions =
  "Please report it, with these ids, and end that person's sessions: npm run portal -- people sessions EMAIL --end all";

/** 1 and 2: a session comes from a login that was consumed, once. */
const ofSessions: readonly Invariant[] = [
  {
    name: "session.unconsumed",
    what: "A session whose login was not consumed: it was opened beside the one door.",
    cure: endSessions,
    rows: Prisma.sql`SELECT s.id, s.user_id FROM sessions s JOIN challenges c ON c.id = s.challenge_id WHERE c.state <> 'CONSUMED'`,
  },
  {
    name: "session.unproven",
    what: "A session that does not say what it was proven with.",
    cure: endSessions,
    rows: Prisma.sql`SELECT id, user_id FROM sessions WHERE cardinality(amr) = 0 OR aal NOT IN (1, 2) OR auth_time > proven_at`,
  },
  {
    name: "session.of_disabled",
    what: "A session of somebody whose account is disabled.",
    cure: endSessions,
    rows: Prisma.sql`SELECT s.id, s.user_id FROM sessions s JOIN users u ON u.id = s.user_id AND u.credential_version = s.credential_version WHERE u.disabled_at IS NOT NULL`,
  },
  {
    name: "stamp.ahead",
    what: "A session, known device or half login made under a security stamp that its account has not had yet: the account was set back alone.",
    cure: "Please report it, with these ids, and have that person choose a new password: npm run portal -- people invite EMAIL",
    rows: Prisma.sql`SELECT r.id, r.user_id FROM users u JOIN (SELECT id, user_id, credential_version FROM sessions
      UNION ALL SELECT id, user_id, credential_version FROM devices UNION ALL SELECT id, user_id, credential_version FROM challenges
      UNION ALL SELECT id, user_id, credential_version FROM unlocks) AS r ON r.user_id = u.id WHERE r.credential_version > u.credential_version`,
  },
];

/** 1: what opened a door is in the record, once. */
const ofAnswers: readonly Invariant[] = [
  {
    name: "answer.unrecorded",
    what: "A second door that was passed without its event.",
    cure: "Please report it, with these ids; where events were removed by hand, a backup has them (docs/nights/wrong-command.md).",
    rows: Prisma.sql`SELECT c.id, c.user_id FROM challenges c WHERE c.satisfied_with IS NOT NULL AND c.state IN ('SATISFIED', 'CONSUMED') AND c.satisfied_at > c.created_at
      AND NOT EXISTS (SELECT 1 FROM security_events e WHERE e.name = 'challenge.answered' AND e.meta ->> 'challenge' = c.id)`,
  },
  {
    name: "answer.twice",
    what: "A second door that was passed twice with one login.",
    cure: "Please report it, with these ids: this must never happen.",
    rows: Prisma.sql`SELECT meta ->> 'challenge' AS id, min(subject_id) AS user_id FROM security_events WHERE name = 'challenge.answered' GROUP BY 1 HAVING count(*) > 1`,
  },
];

/** 3 and 4: factors and recovery codes. */
const ofFactors: readonly Invariant[] = [
  {
    name: "factor.unconfirmed",
    what: "A factor that counts and was never confirmed.",
    cure: "Please report it, with these ids, and ask that person whether it is theirs; if not: npm run portal -- people reset-factors EMAIL",
    rows: Prisma.sql`SELECT id, user_id FROM factors WHERE state = 'ACTIVE' AND confirmed_at IS NULL`,
  },
  {
    name: "factor.ahead",
    what: "An authenticator app whose last code is from the future: its codes are refused until then, because a clock was wrong when it was used.",
    cure: "See to the clocks, and let that person use a recovery code, or take the app away: npm run portal -- people reset-factors EMAIL",
    rows: Prisma.sql`SELECT id, user_id FROM factors WHERE last_step > extract(epoch FROM clock_timestamp()) / 30 + 10`,
  },
  {
    name: "factor.vanished",
    what: "Somebody who bound a factor and has none, without an event that says where it went.",
    cure: "Please report it, with these ids, and ask that person: they can bind one on the security page.",
    rows: Prisma.sql`SELECT DISTINCT e.subject_id AS id, e.subject_id AS user_id FROM security_events e JOIN users u ON u.id = e.subject_id WHERE e.name = 'factor.bound'
      AND NOT EXISTS (SELECT FROM factors f WHERE f.user_id = e.subject_id AND f.state = 'ACTIVE')
      AND NOT EXISTS (SELECT FROM security_events l WHERE l.subject_id = e.subject_id AND l.name IN ('factor.removed', 'account.factors_reset')
        AND l.at >= e.at)`,
  },
  {
    name: "recovery.sets",
    what: "Somebody with several sets of recovery codes.",
    cure: "Please report it, with these ids, and have that person make new codes on the security page, which voids the others.",
    rows: Prisma.sql`SELECT user_id AS id, user_id FROM recovery_codes WHERE used_at IS NULL AND active_at IS NOT NULL GROUP BY user_id HAVING count(DISTINCT set_id) > 1`,
  },
  {
    name: "recovery.many",
    what: "Somebody with more unused recovery codes than a set has.",
    cure: "Please report it, with these ids, and have that person make new codes on the security page, which voids the others.",
    rows: Prisma.sql`SELECT user_id AS id, user_id FROM recovery_codes WHERE used_at IS NULL AND active_at IS NOT NULL AND factor_id IS NULL
      GROUP BY user_id HAVING count(*) > ${recoveryNumbers.codes}::int`,
  },
];

/** 5, and what waits. */
const ofTheRest: readonly Invariant[] = [
  {
    name: "counter.negative",
    what: "A counter of wrong answers below nothing: somebody would have more tries than they may.",
    cure: report,
    rows: Prisma.sql`SELECT key AS id, NULL AS user_id FROM buckets WHERE fails < 0 OR orphans < 0 UNION ALL SELECT id, id FROM users WHERE password_failures < 0`,
  },
  {
    name: "letter.unwiped",
    what: "A letter that has left and still holds what it said.",
    cure: report,
    rows: Prisma.sql`SELECT id, user_id FROM letters WHERE sent_at IS NOT NULL AND (content IS NOT NULL OR destination IS NOT NULL)`,
  },
  {
    name: "change.unwiped",
    what: "A change that is over and still holds what it would have done.",
    cure: report,
    rows: Prisma.sql`SELECT id, user_id FROM pending_changes WHERE state <> 'WAITING' AND data IS NOT NULL`,
  },
  {
    name: "event.ahead",
    what: "An event of the future: a clock was wrong when it was written, and it is kept longer than it should be.",
    cure: "The event stays as it is; see to the clocks of portals and database: npm run portal -- doctor",
    rows: Prisma.sql`SELECT id, subject_id AS user_id FROM security_events WHERE at > clock_timestamp() + interval '10 minutes'`,
  },
];

/** All of them, in the order in which they are looked at. */
export const invariants: readonly Invariant[] = [
  ...ofSessions,
  ...ofLifetimes,
  ...ofAnswers,
  ...ofUses,
  ...ofFactors,
  ...ofTheRest,
  ...ofNotices,
];
