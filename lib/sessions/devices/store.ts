import { type Ctx, type RawCtx, sql } from "@/lib/context/context";
import { Prisma } from "@/lib/db/client";
import type { Turns } from "@/lib/sessions/devices/turns";
import { type AccountName, accountNamed } from "@/lib/users/store";
import type { Account } from "@/lib/users/user";

/** Whoever knocks: the account behind the name, if there is one, and its known device behind the device cookie, if it is one. `beside`: what was asked besides. */
export type Knocker<Beside = null> = {
  readonly account: Account | null;
  readonly deviceId: string | null;
  /** That the device be trusted, if its owner asked for that. */
  readonly trust: DeviceTrust | null;
  readonly beside: Beside | null;
};

/** What a row says of the trust in its device. What that is worth is judged where it is used. */
export type DeviceTrust = Turns & {
  readonly deviceId: string;
  readonly tokenHash: string;
  readonly trustedAt: Date;
  readonly trustedWith: string;
};

/** What somebody wants to know of the account besides, by its id there: one column. */
export type Besides = (userId: Prisma.Sql) => Prisma.Sql;

/**
 * The account behind a name and the live known device behind one of a cookie's tokens, in one statement that does the same for a name that
 * nobody has: a made-up cookie must not tell who exists (ASVS 5.0, 6.3.8). A device counts only when it is exactly that account's, under its present stamp.
 */
export async function findKnocker<Beside>(
  ctx: RawCtx,
  name: AccountName,
  tokenHashes: readonly string[],
  besides: Besides = () => Prisma.sql`NULL`,
): Promise<Knocker<Beside>> {
  const rows = await sql(ctx).$queryRaw<KnockerRow<Beside>[]>`
    SELECT a.*, CASE WHEN d.user_id = a.id AND d.credential_version = a."credentialVersion" THEN d.id END AS "deviceId",
      d.token_hash AS "tokenHash", d.trusted_at AS "trustedAt", d.trusted_with AS "trustedWith", d.turn_key AS "turnKey", d.turn,
      ${besides(Prisma.sql`a.id`)} AS beside
    FROM (VALUES (1)) AS once LEFT JOIN (${accountNamed(name)}) AS a ON true
    LEFT JOIN devices d ON d.token_hash = ANY(${[...tokenHashes]}::text[]) AND d.expires_at > ${ctx.now}
    ORDER BY "deviceId" NULLS LAST LIMIT 1`;
  const [found] = rows;
  if (!found) return nobody;
  const { deviceId, beside, tokenHash, trustedAt, trustedWith, turnKey, turn, ...account } = found;
  if (!isAccount(account)) return nobody;
  return { account, deviceId, beside, trust: trustIn({ deviceId, tokenHash, trustedAt, trustedWith, turnKey, turn }) };
}

type KnockerRow<Beside> = Partial<Account> & Omit<Knocker<Beside>, "account" | "trust"> & TrustColumns;

/** Of a device that is known to nobody here they say nothing. */
type TrustColumns = { readonly [K in keyof DeviceTrust]: DeviceTrust[K] | null };

function trustIn({ deviceId, tokenHash, trustedAt, trustedWith, turnKey, turn }: TrustColumns): DeviceTrust | null {
  if (deviceId === null || tokenHash === null || trustedAt === null || trustedWith === null || turnKey === null)
    return null;
  return { deviceId, tokenHash, trustedAt, trustedWith, turnKey, turn };
}

const nobody = { account: null, deviceId: null, trust: null, beside: null } as const;

/** Without an account every column of it is null. */
const isAccount = (found: Partial<Account>): found is Account => typeof found.id === "string";

export async function deleteDevice(ctx: RawCtx, id: string): Promise<boolean> {
  return (await sql(ctx).$executeRaw`DELETE FROM devices WHERE id = ${id}`) === 1;
}

/** Forgets a person's devices but `exceptId`. Out: how many of them were still known. */
export async function deleteOtherDevices(ctx: RawCtx, userId: string, exceptId: string | null): Promise<number> {
  const gone = await sql(ctx).$queryRaw<{ known: boolean }[]>`
    DELETE FROM devices d USING users u WHERE u.id = d.user_id AND d.user_id = ${userId} AND d.id IS DISTINCT FROM ${exceptId}
    RETURNING d.credential_version = u.credential_version AND d.expires_at > ${ctx.now} AS known`;
  return gone.filter(({ known }) => known).length;
}

/** The acting device lives on under the person's new stamp; all others are void. */
export async function restampDevice(ctx: Ctx, id: string, userId: string, credentialVersion: number): Promise<void> {
  await ctx.db.device.updateMany({ where: { id, userId }, data: { credentialVersion } });
}

/** All devices of a person that were known under their stamp `from` live on under `to`: nothing was taken away that they stand for. */
export async function restampDevices(
  ctx: RawCtx,
  userId: string,
  { from, to }: { readonly from: number; readonly to: number },
): Promise<void> {
  await sql(ctx)
    .$executeRaw`UPDATE devices SET credential_version = ${to}::int WHERE user_id = ${userId} AND credential_version = ${from}::int`;
}

/** Deletes up to `limit` devices that are known no longer, but those that somebody holds. Out: how many. */
export const sweepDevices = (ctx: RawCtx, limit: number): Promise<number> => sql(ctx).$executeRaw`
  DELETE FROM devices WHERE id IN (SELECT id FROM devices WHERE expires_at < ${ctx.now} LIMIT ${limit}::int FOR UPDATE SKIP LOCKED)`;
