import type { RawCtx } from "@/lib/context/context";
import { Prisma } from "@/lib/db/client";
import { policy } from "@/lib/policy/policy";

/** A login that is being opened; `network` null: on a known device, or no half login at all. */
type Opening = { readonly userId: string; readonly network: string | null; readonly credentialVersion: number };

/**
 * Half logins, pre-authentication sessions to the field: challenges of a login that are not claimed yet. Of one account's live ones among strangers so many stay, the new one among them: while there are more, the oldest of the network
 * that holds most goes. Said at once: each has its place in its own network, the newest first; the first of all networks stay, then the second
 * of each. One that is being answered at this moment is left alone. A new one that is counted in no network lets nobody go.
 */
export const tooManyHalfLogins = (
  ctx: RawCtx,
  { userId, network, credentialVersion }: Opening,
): Prisma.Sql => Prisma.sql`
  DELETE FROM challenges WHERE id IN (SELECT id FROM challenges WHERE ${network}::text IS NOT NULL AND state = 'OPEN' AND id IN (
    SELECT id FROM (SELECT id, created_at, row_number() OVER (PARTITION BY network ORDER BY created_at DESC, id DESC) + (network = ${network})::int AS place
      FROM challenges WHERE user_id = ${userId} AND state = 'OPEN' AND network IS NOT NULL AND purpose = 'LOGIN'
        AND credential_version = ${credentialVersion}::int AND expires_at > ${ctx.now}) AS held
    ORDER BY place, created_at DESC, id DESC OFFSET ${policy.challenge.perPerson - 1}::int) FOR UPDATE SKIP LOCKED) RETURNING id`;
