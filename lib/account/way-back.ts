import type { Ctx } from "@/lib/context/context";
import { findHeldKinds } from "@/lib/factors/held-kinds";
import { canLeave } from "@/lib/letters/queue-letters";
import { wouldLeadOn } from "@/lib/login/open-closed";
import { findResetWay } from "@/lib/resets/reset-way";
import { findAccount } from "@/lib/users/store";

/**
 * Where the way back leads after an alarm's button: to a letter with a link to a new password, with a second step behind it (`letter`) or with nothing
 * more (`letter_alone`), or to whoever runs the portal.
 */
export type WayBack = "letter" | "letter_alone" | "administrators";

/** The way back after "Lock my account", and whether the old password leads on too, with the strongest factor and a recovery code beside it. */
export type WayIn = { readonly way: WayBack; readonly old: "yes" | "no" };

/** Where it would lead if the account were locked now. */
export async function findWayIn(ctx: Ctx, userId: string): Promise<WayIn> {
  const account = await findAccount(ctx, userId);
  const isOldEnough = account !== null && (await wouldLeadOn(ctx, account));
  return { way: await findWayBack(ctx, { userId, at: ctx.now }), old: isOldEnough ? "yes" : "no" };
}

const waysBack = { answer: "letter", alone: "letter_alone", operator: "administrators" } as const;

/**
 * The ordinary reset, as for a forgotten password, but that nothing counts which was bound since `at`, the moment that the alarm is about: nobody knows whose that is. Where
 * nothing else counts either, and where no letter can leave, an administrator decides.
 */
export async function findWayBack(
  ctx: Ctx,
  { userId, at }: { readonly userId: string; readonly at: Date },
): Promise<WayBack> {
  const account = canLeave("mail") ? await findAccount(ctx, userId) : null;
  if (account === null) return "administrators";
  const kinds = await findHeldKinds(ctx, { userId, deviceId: null });
  return waysBack[await findResetWay(ctx, { ...account, passwordClosedAt: at }, kinds)];
}
