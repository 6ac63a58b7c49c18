import { recordEvent } from "@/lib/audit/record-event";
import { config } from "@/lib/config/config";
import { type Ctx, inShortTransaction } from "@/lib/context/context";
import { later } from "@/lib/kernel/duration";
import { linkHash, newLinkToken } from "@/lib/links/link";
import { replaceLink } from "@/lib/links/store";
import { policy } from "@/lib/policy/policy";
import { hasHadAdministrator } from "@/lib/setup/store";
import { takeTurn } from "@/lib/turns/store";

/**
 * A one-time link to make the first administrator, or null once there has been one. Each start of the portal makes a new one and
 * voids the last, so that a link in an old log is worth nothing. Good for a day. `by`: a start, or an operator's command.
 */
export async function issueSetupLink(ctx: Ctx, by: "start" | "cli" = "start"): Promise<string | null> {
  if (await hasHadAdministrator(ctx)) return null;
  const token = newLinkToken(ctx, "setup");
  return inShortTransaction(ctx, async (tx) => {
    await takeTurn(tx, "setup"); // two links made at once would both be open, and two spent at once make two first administrators
    if (await hasHadAdministrator(tx)) return null;
    const expiresAt = later(tx.now, policy.link.setup);
    await replaceLink(tx, {
      hash: linkHash(token, "setup") ?? "",
      purpose: "setup",
      userId: null,
      credentialVersion: null,
      expiresAt,
    });
    await recordEvent(tx, { name: "setup.link_created", subjectId: null, meta: { by } });
    return `${config().appUrl}/setup?link=${token}`;
  });
}
