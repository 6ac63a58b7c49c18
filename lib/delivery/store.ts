import { type RawCtx, sql } from "@/lib/context/context";
import { Prisma } from "@/lib/db/client";
import type { ChannelName } from "@/lib/policy/channels";

/** The fingerprint that a channel was last proven with; null when it never was. */
export async function findProof(ctx: RawCtx, channel: ChannelName): Promise<string | null> {
  const [row] = await sql(ctx).$queryRaw<{ fingerprint: string }[]>`
    SELECT fingerprint FROM channel_proofs WHERE channel = ${channel}`;
  return row?.fingerprint ?? null;
}

/** What every channel was last proven with, by its name; null where none ever was: a part of a statement. */
export const channelProofs = Prisma.sql`(SELECT jsonb_object_agg(channel, fingerprint) FROM channel_proofs)`;

/** A channel has one proof: the last one. */
export async function saveProof(ctx: RawCtx, channel: ChannelName, fingerprint: string): Promise<void> {
  await sql(ctx).$executeRaw`
    INSERT INTO channel_proofs (channel, fingerprint, proven_at) VALUES (${channel}, ${fingerprint}, ${ctx.now}::timestamptz)
    ON CONFLICT (channel) DO UPDATE SET fingerprint = excluded.fingerprint, proven_at = excluded.proven_at`;
}

/** The same proof under the newest key; it stays as old as it is. */
export async function renewProof(
  ctx: RawCtx,
  { channel, from, to }: { readonly channel: ChannelName; readonly from: string; readonly to: string },
): Promise<void> {
  await sql(ctx).$executeRaw`
    UPDATE channel_proofs SET fingerprint = ${to} WHERE channel = ${channel} AND fingerprint = ${from}`;
}
