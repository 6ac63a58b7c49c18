import type { RawCtx } from "@/lib/context/context";
import { earlier } from "@/lib/kernel/duration";
import { type Address, listToldAddresses } from "@/lib/notices/told-addresses";
import { pendingRules } from "@/lib/policy/pending-rules";

/** Somewhere an account's owner is told. `confirmedAt`: since when it is proven to be theirs; null where nobody knows. */
export type OwnChannel = Address & { readonly confirmedAt: Date | null; readonly isLogin: boolean };

/**
 * Every address and number that was the account's at any time in the last seven days: who holds one cannot hide a change from the others. Empty for an
 * account that is gone.
 */
export async function channelsOfLastDays(ctx: RawCtx, userId: string): Promise<readonly OwnChannel[]> {
  const told = await listToldAddresses(ctx, userId);
  return told.map(({ channel, to, is, confirmedAt }) => ({ channel, to, confirmedAt, isLogin: is === "login" }));
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

/**
 * The link that stops a change, for the letter to each of these; empty where nobody ever proved that they read there, because an address that only somebody typed may
 * be a stranger's. A text message shows none, and says by it whether a mailbox has one. Pure.
 */
export function linksFor<C extends Pick<OwnChannel, "channel" | "confirmedAt">>(
  channels: readonly C[],
  link: string,
): readonly (C & { readonly link: string })[] {
  const isRead = ({ channel, confirmedAt }: C) => channel === "mail" && confirmedAt !== null;
  const hasMailbox = channels.some(isRead);
  return channels.map((one) => ({ ...one, link: (one.channel === "sms" ? hasMailbox : isRead(one)) ? link : "" }));
}
