import type { RawCtx } from "@/lib/context/context";
import { earlier } from "@/lib/kernel/duration";
import { type Address, addressesOfFactor } from "@/lib/notices/tell-user";
import { findChannels } from "@/lib/pending/standing/store";
import { pendingRules } from "@/lib/policy/pending-rules";

/** Somewhere an account's owner is told. `confirmedAt`: since when it is proven to be theirs; null where nobody knows. */
export type OwnChannel = Address & { readonly confirmedAt: Date | null; readonly isLogin: boolean };

/**
 * Every address and number that was the account's at any time in the last seven days: who holds one cannot hide a change from the others. Today these are
 * the login e-mail and what is bound; whatever else becomes an address of somebody's joins here.
 */
export async function channelsOfLastDays(ctx: RawCtx, userId: string): Promise<readonly OwnChannel[]> {
  const found = await findChannels(ctx, userId);
  if (!found) return [];
  const login: OwnChannel = { channel: "mail", to: found.email, confirmedAt: null, isLogin: true };
  const bound = found.factors.flatMap((factor) =>
    addressesOfFactor(factor).map((address) => ({
      ...address,
      confirmedAt: new Date(factor.confirmedAt),
      isLogin: false,
    })),
  );
  return onceEach([login, ...bound]);
}

/** An address that is bound and logged in with is one, and as old as the older of both is known to be. */
function onceEach(channels: readonly OwnChannel[]): readonly OwnChannel[] {
  const kept = new Map<string, OwnChannel>();
  for (const one of channels) {
    const key = `${one.channel} ${one.to}`;
    const before = kept.get(key);
    kept.set(key, before ? { ...before, confirmedAt: before.confirmedAt ?? one.confirmedAt } : one);
  }
  return [...kept.values()];
}

/**
 * Those whose first delivery begins the wait: what was confirmed seven days ago, or a thief's own telephone would begin it unseen; with none of them the
 * login e-mail. Pure.
 */
export function beginningWait<C extends Pick<OwnChannel, "confirmedAt" | "isLogin">>(
  channels: readonly C[],
  now: Date,
): readonly C[] {
  const weekAgo = earlier(now, pendingRules.settledFor);
  const old = channels.filter(({ confirmedAt }) => confirmedAt !== null && confirmedAt <= weekAgo);
  return old.length > 0 ? old : channels.filter(({ isLogin }) => isLogin);
}
