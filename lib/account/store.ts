import { type RawCtx, sql } from "@/lib/context/context";
import { Prisma } from "@/lib/db/client";
import { channelProofs } from "@/lib/delivery/store";
import { isBoundAlone } from "@/lib/factors/alone/store";
import type { Factor } from "@/lib/factors/factor";
import { type HeldCodes, noCodes } from "@/lib/factors/recovery/held-codes";
import { heldCodes } from "@/lib/factors/recovery/store";
import { factorColumns } from "@/lib/factors/store";
import { alarmPurposes } from "@/lib/links/alarm-link";
import { presentAddresses } from "@/lib/notices/addresses/store";
import { liveSessions } from "@/lib/sessions/listing/store";
import { keyOfKind } from "@/lib/throttle/for-others/store";
import { isPasswordOf } from "@/lib/users/password/store";

/** An alarm whose link can still be pressed, with what is known of the login that it is about. */
export type OpenAlarm = {
  readonly userId: string;
  readonly purpose: string;
  readonly email: string;
  readonly at: Date;
  /** The password that the alarm is about is still the account's; or another one is, and a factor that opens the account without it was bound since. */
  readonly isCurrent: boolean;
  readonly ip: string | null;
  readonly agent: string | null;
};

/** The open alarm behind a link's hash, or null. Reading it spends nothing. */
export async function findAlarm(ctx: RawCtx, hash: string): Promise<OpenAlarm | null> {
  const rows = await sql(ctx).$queryRaw<OpenAlarm[]>`
    SELECT c.purpose, u.id AS "userId", u.email, c.created_at AS at, e.ip, e.agent, (${isPasswordOf(Prisma.sql`c.created_at`)}
      OR (u.password_hash IS NOT NULL AND ${isBoundAlone(Prisma.sql`u.id`, Prisma.sql`c.created_at`)})) AS "isCurrent"
    FROM one_time_links c JOIN users u ON u.id = c.user_id AND u.disabled_at IS NULL
    LEFT JOIN LATERAL (SELECT ip, agent FROM security_events WHERE subject_id = c.user_id AND at = c.created_at
      AND meta->>'challenge' = c.challenge_id ORDER BY at DESC, id DESC LIMIT 1) e ON true
    WHERE c.hash = ${hash} AND c.purpose = ANY(${[...alarmPurposes]}::text[]) AND c.consumed_at IS NULL AND c.expires_at > ${ctx.now}`;
  return rows[0] ?? null;
}

/** What the rows of an account tell its owner: the account's own, and the channels' proofs by their names. */
type AccountFacts = {
  readonly email: string;
  readonly isEmailConfirmed: boolean;
  /** How many further addresses are told. */
  readonly further: number;
  readonly calledAs: string | null;
  readonly passwordChangedAt: Date | null;
  readonly sessions: number;
  readonly proofs: Readonly<Record<string, string>> | null;
};

/** An active factor, and the wrong answers that its kind was given. */
type CountedFactor = Factor & { readonly fails: number; readonly orphans: number };

/** Once for each active factor, or once without one. */
type OverviewRow = AccountFacts & HeldCodes & (CountedFactor | { readonly id: null });

/** An account, its active factors and its recovery codes. */
type FoundOverview = AccountFacts & { readonly codes: HeldCodes; readonly factors: readonly CountedFactor[] };

/** All that the security page needs of an account, in one statement; its factors oldest first. */
export async function findOverview(ctx: RawCtx, userId: string): Promise<FoundOverview> {
  const rows = await sql(ctx).$queryRaw<OverviewRow[]>`
    SELECT u.email, u.email_confirmed_at IS NOT NULL AS "isEmailConfirmed", ${presentAddresses(userId)} AS further, COALESCE(u.nickname, u.name) AS "calledAs",
      u.password_changed_at AS "passwordChangedAt", codes.*, ${liveSessions(ctx, userId)} AS sessions, ${channelProofs} AS proofs,
      ${factorColumns}, COALESCE(b.fails, 0) AS fails, COALESCE(b.orphans, 0) AS orphans
    FROM users u CROSS JOIN (${heldCodes(userId)}) AS codes LEFT JOIN factors f ON f.user_id = u.id AND f.state = 'ACTIVE'
      LEFT JOIN buckets b ON b.key = ${keyOfKind(Prisma.sql`f.kind`, userId)}
    WHERE u.id = ${userId} ORDER BY f.created_at`;
  const [facts = { ...nobody, ...noCodes }] = rows;
  const { left, since, unsaved, unsavedSince } = facts;
  const codes = { left, since, unsaved, unsavedSince };
  return { ...facts, codes, factors: rows.filter((row) => row.id !== null) };
}

/** Of an account that is gone there is nothing to tell. */
const nobody: AccountFacts = {
  email: "",
  isEmailConfirmed: false,
  further: 0,
  calledAs: null,
  passwordChangedAt: null,
  sessions: 0,
  proofs: null,
};
