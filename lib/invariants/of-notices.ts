import { commandAgent } from "@/lib/context/device-name";
import { Prisma } from "@/lib/db/client";
import type { Invariant } from "@/lib/invariants/invariant";
import { days, inSeconds } from "@/lib/kernel/duration";
import { kindsWrittenWhileOff } from "@/lib/notices/resting-kinds";
import { noticeOf, type ToldNotice } from "@/lib/notices/which-notice";
import { policy } from "@/lib/policy/policy";

/** Which event is told its owner by mail, by which kinds of letters. */
const told: readonly { readonly event: string; readonly kind: string }[] = Object.entries(noticeOf).flatMap(
  ([event, consequence]) => {
    const notices: readonly ToldNotice[] =
      "tells" in consequence ? [...consequence.tells, ...("first" in consequence ? consequence.first : [])] : [];
    return notices.filter(({ reaches }) => reaches.to === "owner").map(({ kind }) => ({ event, kind }));
  },
);
const events = [...new Set(told.map(({ event }) => event))];

/** A day before the first letters go that were sent. */
const remembered = inSeconds(policy.retention.sentLetters) - inSeconds(days(1));

/**
 * While mail is off no letter to an owner is written, and none is missed. It was on where a start had said so an hour before, and none says the contrary until a minute after: portals are restarted one after the
 * other, and their clocks may differ. A command has settings of its own, and what happened before starts said it has none: there it was on where letters were written in the ten minutes before and after,
 * of kinds that are not written while it is off.
 */
const mailWasOn = Prisma.sql`(e.agent <> ${commandAgent} AND coalesce((SELECT bool_and((s.meta->>'on')::boolean) FROM security_events s
    WHERE s.subject_id IS NULL AND s.name = 'mail.switched' AND s.at <= e.at + interval '1 minute'
      AND s.at >= (SELECT max(b.at) FROM security_events b WHERE b.subject_id IS NULL AND b.name = 'mail.switched' AND b.at <= e.at - interval '1 hour')), false))`;
const tens = (moment: Prisma.Sql) => Prisma.sql`floor(extract(epoch FROM ${moment}) / 600)`;
const mailIn = Prisma.sql`(SELECT ${tens(Prisma.sql`created_at`)} FROM letters WHERE channel = 'mail' AND kind <> ALL(${[...kindsWrittenWhileOff]}::text[]))`;

/** 7: what somebody must hear of was told, once. */
export const ofNotices: readonly Invariant[] = [
  {
    name: "notice.missing",
    what: "A change of somebody's account without a letter that tells them, though letters left by mail at that time.",
    cure: "Please report it, with these ids, and ask that person whether it was them.",
    rows: Prisma.sql`SELECT e.id, e.subject_id AS user_id FROM security_events e JOIN users u ON u.id = e.subject_id AND u.email_confirmed_at <= e.at
      WHERE e.name = ANY(${events}::text[]) AND e.at > clock_timestamp() - make_interval(secs => ${remembered}::int)
        AND e.at > coalesce((SELECT max(restored_at) FROM restores), '-infinity')
        AND NOT EXISTS (SELECT FROM letters l WHERE l.user_id = e.subject_id AND l.channel = 'mail'
          AND l.created_at BETWEEN e.at - interval '1 minute' AND e.at + interval '1 minute')
        AND (${mailWasOn} OR ${tens(Prisma.sql`e.at`)} - 1 IN ${mailIn} AND ${tens(Prisma.sql`e.at`)} + 1 IN ${mailIn})`,
  },
  {
    name: "notice.twice",
    what: "A letter about a change that was written twice to one address.",
    cure: "Nothing is open by it. Please report it, with these ids.",
    rows: Prisma.sql`SELECT min(l.id) AS id, l.user_id FROM letters l
      WHERE l.user_id IS NOT NULL AND l.kind = ANY(${told.map(({ kind }) => kind)}::text[]) GROUP BY l.user_id, l.kind, l.address, l.created_at
      HAVING count(*) > 1 AND count(*) > (SELECT count(*) FROM security_events e
        JOIN jsonb_to_recordset(${JSON.stringify(told)}::jsonb) AS t(event text, kind text) ON t.event = e.name
        WHERE e.subject_id = l.user_id AND e.at = l.created_at AND t.kind = l.kind)`,
  },
];
