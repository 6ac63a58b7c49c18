import type { EventMeta } from "@/lib/audit/events";
import { recordEvent } from "@/lib/audit/record-event";
import { config } from "@/lib/config/config";
import { type Ctx, inShortTransaction, type RawCtx } from "@/lib/context/context";
import { later } from "@/lib/kernel/duration";
import { linkHash, newLinkToken } from "@/lib/links/link";
import { replaceLink } from "@/lib/links/store";
import { policy } from "@/lib/policy/policy";
import type { Portal } from "@/lib/portals/portal";
import { findKeptLink, hasHadAdministrator, type KeptLink } from "@/lib/setup/store";
import { takeTurn } from "@/lib/turns/store";

/**
 * A one-time link to make the first administrator, or null once there has been one. It voids the last one, so that a link in an old log is
 * worth nothing. Good for a day. `by`: a start, or an operator's command.
 */
export function issueSetupLink(ctx: Ctx, by: "start" | "cli" = "start"): Promise<string | null> {
  return inTurn(ctx, (tx) => writeLink(tx, { by }));
}

/** What a start has to say about the first administrator: a link, or that another portal has printed one, which is good. */
export type FirstLink = { readonly kind: "made"; readonly link: string } | ({ readonly kind: "kept" } & KeptLink);

/**
 * The link for a start of the portal `self`: a new one, unless another portal that lives printed one within the last hour. Of two portals that start on an
 * empty database the second one must not void what the operator reads in the log of the first. Null once there has been an administrator.
 */
export function offerSetupLink(ctx: Ctx, self: Pick<Portal, "id" | "name">): Promise<FirstLink | null> {
  return inTurn(ctx, async (tx): Promise<FirstLink> => {
    const kept = await findKeptLink(tx, self.id);
    if (kept !== null) return { kind: "kept", ...kept };
    const link = await writeLink(tx, { by: "start", portal: self.name, portal_id: self.id });
    return { kind: "made", link };
  });
}

async function inTurn<T>(ctx: Ctx, work: (tx: RawCtx) => Promise<T>): Promise<T | null> {
  if (await hasHadAdministrator(ctx)) return null;
  return inShortTransaction(ctx, async (tx) => {
    await takeTurn(tx, "setup"); // two links made at once would both be open, and two spent at once make two first administrators
    return (await hasHadAdministrator(tx)) ? null : work(tx);
  });
}

async function writeLink(tx: RawCtx, meta: EventMeta<"setup.link_created">): Promise<string> {
  const token = newLinkToken(tx, "setup");
  const expiresAt = later(tx.now, policy.link.setup);
  await replaceLink(tx, {
    hash: linkHash(token, "setup") ?? "",
    purpose: "setup",
    userId: null,
    credentialVersion: null,
    expiresAt,
  });
  await recordEvent(tx, { name: "setup.link_created", subjectId: null, meta });
  return `${config().appUrl}/setup?link=${token}`;
}
