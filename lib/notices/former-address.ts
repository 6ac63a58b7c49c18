import type { RawCtx } from "@/lib/context/context";
import { contactHandle, sealContact } from "@/lib/crypto/contact-address";
import type { SealedFactor } from "@/lib/crypto/factor-secret";
import { insertFormerAddress } from "@/lib/notices/addresses/store";
import { type Address, addressesOfFactor } from "@/lib/notices/told-addresses";

/** A number to log in with that another one, or none, takes the place of; since when it was proven, if it was. */
type ReplacedPhone = { readonly was: string | null; readonly wasProvenAt: Date | null };

type Former = Address & { readonly userId: string; readonly confirmedAt: Date | null };

/**
 * Remembers an address that is somebody's no more: for seven days it hears of everything else that happens, so that whoever takes an address away
 * does not silence it with that. In the transaction that takes it away, behind what is told of that.
 */
export async function rememberAddress(tx: RawCtx, { userId, channel, to, confirmedAt }: Former): Promise<void> {
  const id = tx.random.id();
  const handle = contactHandle(channel, to);
  await insertFormerAddress(tx, {
    id,
    userId,
    channel,
    handle,
    address: sealContact({ id, userId, address: to }),
    confirmedAt,
  });
}

/** The number that was somebody's login name until this transaction, to be told of that as well: none where nobody had proven it. Pure. */
export const formerPhone = ({ was, wasProvenAt }: ReplacedPhone): readonly Address[] =>
  was === null || wasProvenAt === null ? [] : [{ channel: "sms", to: was }];

/** Remembers that number, as `rememberAddress` does. */
export async function rememberPhone(tx: RawCtx, userId: string, replaced: ReplacedPhone): Promise<void> {
  const { wasProvenAt: confirmedAt } = replaced;
  for (const address of formerPhone(replaced)) await rememberAddress(tx, { ...address, userId, confirmedAt });
}

/** The same of a factor that goes; nothing for kinds that are no address. */
export async function rememberFactor(
  tx: RawCtx,
  factor: SealedFactor & { readonly kind: string; readonly confirmedAt: Date | string | null },
): Promise<void> {
  const { userId } = factor;
  const confirmedAt = factor.confirmedAt === null ? null : new Date(factor.confirmedAt);
  for (const address of addressesOfFactor(factor)) await rememberAddress(tx, { ...address, userId, confirmedAt });
}
