import { type Ctx, inTransaction } from "@/lib/context/context";
import { config } from "@/lib/config/config";
import { later } from "@/lib/kernel/duration";
import { policy } from "@/lib/policy/policy";
import { linkHash, newLinkToken } from "@/lib/setup/link";
import { replaceLink } from "@/lib/setup/store";
import { countAccounts } from "@/lib/users/store";

/**
 * A one-time link to make the first administrator, or null once there is an account. Each start of the portal makes a new one and
 * voids the last, so that a link in an old log is worth nothing. Good for a day.
 */
export async function issueSetupLink(ctx: Ctx): Promise<string | null> {
  if ((await countAccounts(ctx)) > 0) return null;
  const token = newLinkToken(ctx, "setup");
  await inTransaction(ctx, (tx) =>
    replaceLink(tx, {
      ...{ hash: linkHash(token, "setup") ?? "", purpose: "setup", userId: null, credentialVersion: null },
      expiresAt: later(tx.now, policy.link.setup),
    }),
  );
  return `${config().appUrl}/setup?link=${token}`;
}
