import { type Ctx, type RawCtx, sql } from "@/lib/context/context";
import type { LinkPurpose } from "@/lib/setup/link";

export type OpenLink = {
  readonly id: string;
  readonly userId: string | null;
  readonly credentialVersion: number | null;
};

type NewLink = {
  readonly hash: string;
  readonly purpose: LinkPurpose;
  readonly userId: string | null;
  readonly credentialVersion: number | null;
  readonly expiresAt: Date;
};

const setupTurn = 72707370;

/**
 * Waits for its turn at the first run, until the transaction ends: there is no row yet to queue on. Two links made at
 * once would both be open, and two spent at once would both see no account and make two first administrators.
 */
export async function waitForSetupTurn(tx: Ctx): Promise<void> {
  await tx.db.$executeRaw`SELECT pg_advisory_xact_lock(${setupTurn}::bigint)`;
}

/**
 * Has anybody ever been an administrator here, invited ones too? Then the first run is over, also when none is left: who can make another one
 * is the operator. Accounts alone end nothing: an operator may make some before they open their own link. A row of its own says it, since
 * people leave and events are swept; an administrator whom somebody made by hand has none, and counts while they are there.
 */
export async function hasHadAdministrator(ctx: RawCtx): Promise<boolean> {
  const rows = await sql(ctx).$queryRaw<{ had: boolean }[]>`
    SELECT EXISTS (SELECT FROM first_run) OR EXISTS (SELECT FROM users WHERE is_admin) AS had`;
  return rows[0]?.had === true;
}

/** Stores a link and voids every earlier one of the same purpose and person. */
export async function replaceLink(ctx: Ctx, link: NewLink): Promise<void> {
  await ctx.db.oneTimeCode.deleteMany({ where: { purpose: link.purpose, userId: link.userId } });
  await ctx.db.oneTimeCode.create({ data: { ...link, id: ctx.random.id(), createdAt: ctx.now }, select: { id: true } });
}

/** The open link behind a hash, or null. Reading it spends nothing. */
export function findLink(ctx: Ctx, hash: string, purpose: LinkPurpose): Promise<OpenLink | null> {
  return ctx.db.oneTimeCode.findFirst({
    where: { hash, purpose, consumedAt: null, expiresAt: { gt: ctx.now } },
    select: { id: true, userId: true, credentialVersion: true },
  });
}

/** A link in whatever state: whose, used when, good until when. */
type AnyLink = { readonly userId: string | null; readonly consumedAt: Date | null; readonly expiresAt: Date };

/** The link behind a hash, also after it was used or has expired; null when nothing of it is left. */
export function findAnyLink(ctx: Ctx, hash: string, purpose: LinkPurpose): Promise<AnyLink | null> {
  const select = { userId: true, consumedAt: true, expiresAt: true } as const;
  return ctx.db.oneTimeCode.findFirst({ where: { hash, purpose }, select });
}

/** Spends a link: true for one caller. */
export async function consumeLink(ctx: Ctx, id: string, purpose: LinkPurpose): Promise<boolean> {
  const { count } = await ctx.db.oneTimeCode.updateMany({
    where: { id, purpose, consumedAt: null, expiresAt: { gt: ctx.now } },
    data: { consumedAt: ctx.now },
  });
  return count === 1;
}
