import type { RawCtx } from "@/lib/context/context";
import { openContact } from "@/lib/crypto/contact-address";
import { openSecret, type SealedFactor } from "@/lib/crypto/factor-secret";
import { type SealedValue, tellShut } from "@/lib/crypto/tell-shut";
import { type FullReader, findFullReader } from "@/lib/notices/store";
import type { ChannelName } from "@/lib/policy/channels";
import { channelOf } from "@/lib/policy/kinds";

/** Somewhere a person receives. */
export type Address = { readonly channel: ChannelName; readonly to: string };

/** One that is told what happens to an account: whose it is, and since when it is proven that they read it; null: nobody ever proved it. */
export type ToldAddress = Address & {
  readonly is: "login" | "phone" | "factor" | "further" | "former";
  readonly confirmedAt: Date | null;
};

/**
 * All addresses and numbers at which somebody is told what happens to their account (notification, ASVS 5.0, 6.3.7), each once: the login e-mail first, the number to log in with where a code
 * proved it, bound factors, every further notice address, and what was any of these within the last seven days. Empty for an account that is gone. Who counts a wait from the first letter that
 * arrived asks here too.
 */
export async function listToldAddresses(ctx: RawCtx, userId: string): Promise<readonly ToldAddress[]> {
  const reader = await findFullReader(ctx, userId);
  return reader === null ? [] : toldAddressesOf(ctx, reader);
}

/** The same of a reader who was asked for before. What does not open is nobody's address, and the operator hears that somebody is not told. */
export function toldAddressesOf(ctx: Pick<RawCtx, "afterCommit">, reader: FullReader): readonly ToldAddress[] {
  const { email: to, emailConfirmedAt: confirmedAt, phone, phoneProvenAt, factors, further } = reader;
  const all: readonly ToldAddress[] = [
    { channel: "mail", to, is: "login", confirmedAt },
    ...provenPhone(phone, phoneProvenAt),
    ...factors.flatMap((factor) =>
      orTell(ctx, addressesOfFactor(factor), {
        column: "factors.secret",
        id: factor.id,
        sealed: factor.secret ?? "",
      }).map((one) => ({ ...one, is: "factor", confirmedAt: at(factor.confirmedAt) }) as const),
    ),
    ...further.flatMap((row) =>
      orTell(ctx, openFurther(row), { column: "notice_addresses.address", id: row.id, sealed: row.address }),
    ),
  ];
  return once(all, (kept, other) => ({ ...kept, confirmedAt: earlierOf(kept.confirmedAt, other.confirmedAt) }));
}

/** Nothing opened: the operator hears of it, once this is certain. */
function orTell<A>(ctx: Pick<RawCtx, "afterCommit">, opened: readonly A[], value: SealedValue): readonly A[] {
  if (opened.length === 0) ctx.afterCommit(() => tellShut(value));
  return opened;
}

/** What an operator typed may be a stranger's: no text message goes there. */
const provenPhone = (to: string | null, confirmedAt: Date | null): ToldAddress[] =>
  to === null || confirmedAt === null ? [] : [{ channel: "sms", to, is: "phone", confirmedAt }];

/** One address in two places is one, and as old as the older of both is known to be. */
function earlierOf(one: Date | null, other: Date | null): Date | null {
  if (one === null || other === null) return one ?? other;
  return one <= other ? one : other;
}

function openFurther(row: FullReader["further"][number]): ToldAddress[] {
  const to = openContact(row);
  const is = row.isPresent ? "further" : "former";
  return to === null ? [] : [{ channel: row.channel, to, is, confirmedAt: at(row.confirmedAt) }];
}

/** Moments are texts in what a statement gathered as JSON. */
const at = (moment: string | null): Date | null => (moment === null ? null : new Date(moment));

/** The address that a factor is; nothing for kinds that are none, and for a row that does not open. */
export function addressesOfFactor(factor: SealedFactor & { readonly kind: string }): readonly Address[] {
  const channel = channelOf(factor.kind);
  const to = channel === null ? null : openSecret(factor);
  return channel === null || to === null ? [] : [{ channel, to }];
}

/** Each address once; of equal ones the first stays, as `merge` makes it. */
export function once<A extends Address>(
  addresses: readonly A[],
  merge = (kept: A, _other: A): A => kept,
): readonly A[] {
  const by = new Map<string, A>();
  for (const one of addresses) {
    const key = `${one.channel} ${one.to}`;
    const kept = by.get(key);
    by.set(key, kept === undefined ? one : merge(kept, one));
  }
  return [...by.values()];
}
