import { waysBy } from "@/lib/challenge/options";
import { config } from "@/lib/config/config";
import type { Ctx } from "@/lib/context/context";
import type { HeldKind } from "@/lib/factors/held-kinds";
import { type Demanded, demandOn } from "@/lib/policy/second-factor";
import { findResetReach } from "@/lib/users/contacts/reset-reach";

/**
 * What a forgotten password asks beside the letter. `answer`: a second factor that does not come to the same mailbox. `alone`: nothing, the account has no factor
 * and none is demanded. `operator`: the letter must not be enough and nothing else counts, so whoever runs the portal decides.
 */
export type ResetWay = "answer" | "alone" | "operator";

/** `passwordClosedAt`: the moment that an alarm was about which closed the password; what was bound since counts as a stranger's. */
type Forgetful = Demanded & { readonly id: string; readonly passwordClosedAt: Date | null };

/** By the rules of this moment; a letter says it, and the page judges it anew. `kinds`: what the account holds. */
export async function findResetWay(ctx: Ctx, account: Forgetful, kinds: readonly HeldKind[]): Promise<ResetWay> {
  const { secondFactor } = config();
  const { id: userId, passwordClosedAt } = account;
  const moved = (await findResetReach(ctx, userId))?.factorsBefore ?? null;
  if (kinds.some(({ active }) => active > 0)) {
    const onlyBefore =
      moved !== null && (passwordClosedAt === null || moved < passwordClosedAt) ? moved : passwordClosedAt;
    const asked = {
      userId,
      policy: account.policy,
      onlyBefore,
      purpose: "RESET",
      firstAmr: [],
      deviceId: null,
    } as const;
    return (await waysBy(ctx, asked, kinds)).options.length > 0 ? "answer" : "operator";
  }
  if (moved !== null) return "operator"; // of two mailboxes nobody knows which is the owner's
  const { isDemanded } = demandOn(account, secondFactor, ctx.now);
  return isDemanded && secondFactor.resetWithoutFactor === "operator" ? "operator" : "alone";
}
