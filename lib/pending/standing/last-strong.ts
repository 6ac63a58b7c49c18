import type { RawCtx } from "@/lib/context/context";
import { usableKinds } from "@/lib/factors/on-offer";
import { takesLastStrong } from "@/lib/factors/removal-rule";
import { earlier } from "@/lib/kernel/duration";
import { isProvenWeaker } from "@/lib/pending/standing/standing";
import { findStanding, listHeldOf } from "@/lib/pending/standing/store";
import { pendingRules } from "@/lib/policy/pending-rules";

type Going = {
  /** The factors that would go, by id. */
  readonly ids: readonly string[];
  /** Others of their kinds take their places in the same moment. */
  readonly areReplaced?: boolean;
};

/**
 * Is it a dangerous change when these factors go? The last strong ones do, and any of them where the session was proven by less than a factor that no false
 * page can take: somebody else may have lured that code out of the owner. Writes nothing.
 */
export async function isDangerousRemoval(
  ctx: RawCtx,
  { userId, sessionId }: { readonly userId: string; readonly sessionId: string },
  ids: readonly string[],
): Promise<boolean> {
  const standing = await findStanding(ctx, sessionId);
  if (standing !== null && isProvenWeaker(standing)) return true;
  return takesLastStrongOf(ctx, userId, { ids });
}

/**
 * Would these factors of an account go as its last strong ones, or as the last that can be asked for at present? A factor counts after seven days; where the account is younger
 * itself, each does, one that takes another's place too. Writes nothing.
 */
export async function takesLastStrongOf(
  ctx: RawCtx,
  userId: string,
  { ids, areReplaced = false }: Going,
): Promise<boolean> {
  const present = await listHeldOf(ctx, userId);
  const weekAgo = earlier(ctx.now, pendingRules.settledFor);
  const isYoung = present.every(({ accountSince }) => accountSince > weekAgo);
  const coming = areReplaced ? present.filter(({ id }) => ids.includes(id)) : [];
  const held = [...present, ...coming.map((one) => ({ ...one, id: `for ${one.id}`, since: ctx.now }))];
  const askable = held.filter((one) => usableKinds(one).some((kind) => kind === one.kind));
  const settledBefore = isYoung ? null : weekAgo;
  return [held, askable].some((counted) => takesLastStrong({ held: counted, going: ids, settledBefore }));
}
