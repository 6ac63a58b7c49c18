import { recordEvent } from "@/lib/audit/record-event";
import { config } from "@/lib/config/config";
import type { Ctx } from "@/lib/context/context";
import { later } from "@/lib/kernel/duration";
import { linkHash, newLinkToken } from "@/lib/links/link";
import { replaceLink } from "@/lib/links/store";
import { policy } from "@/lib/policy/policy";

/** A new link for an account, inside a transaction that holds its guard row; the last one is void. */
export async function issueInvitation(
  tx: Ctx,
  invited: { readonly userId: string; readonly credentialVersion: number; readonly by: string },
): Promise<string> {
  const token = newLinkToken(tx, "invitation");
  const { userId, credentialVersion, by } = invited;
  const expiresAt = later(tx.now, policy.link.invitation);
  await replaceLink(tx, {
    hash: linkHash(token, "invitation") ?? "",
    purpose: "invitation",
    userId,
    credentialVersion,
    expiresAt,
  });
  await recordEvent(tx, { name: "invitation.created", subjectId: userId, actorId: null, meta: { by } });
  return `${config().appUrl}/welcome/${token}`;
}
