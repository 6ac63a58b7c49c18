import type { RawCtx } from "@/lib/context/context";
import { telling } from "@/lib/letters/letter-kind";
import { canLeave, queueLetters } from "@/lib/letters/queue-letters";
import type { Notice, Reach } from "@/lib/notices/notice";
import { noticeBudget } from "@/lib/notices/notice-budget";
import { languageOf } from "@/lib/notices/reader";
import { type FullReader, findFullReader } from "@/lib/notices/store";
import { type Address, once, toldAddressesOf } from "@/lib/notices/told-addresses";
import { consumeNotice } from "@/lib/throttle/consume-notice";

/** A notice with its facts (`noticeFacts` gives those that all have), and whom it is about. */
export type Change = {
  readonly userId: string;
  readonly notice: Notice<Extract<Reach, { readonly to: "owner" }>>;
  readonly facts: object;
  /** Who it is, where that was asked before. */
  readonly reader?: FullReader | null;
  /** Addresses that were confirmed until this very transaction: those of a factor that it took away. */
  readonly also?: readonly Address[];
  /** In the place of their confirmed addresses: these, each with the id that its letter will have. */
  readonly to?: readonly NumberedAddress[];
  /** The account goes by it: its letters are nobody's, or they would go too. */
  readonly isFarewell?: boolean;
};

/** What one address alone is told, in the place of what all are. */
type Apart = { readonly facts?: object };

/** An address, and the id of the letter that goes there: whoever gives it out can look whether it has left. */
export type NumberedAddress = Address & Apart & { readonly id: string };

/**
 * The notification of a change (ASVS 5.0, 6.3.7): tells a person what changed, in its transaction: one letter to each address that the notice reaches, of all that
 * `listToldAddresses` names and `also` (NIST SP 800-63B-4, 4.6: to all of them, so that who holds one cannot hide it).
 * SQL only. While no letter of such a channel can leave, it asks and writes nothing.
 */
export async function tellUser(tx: RawCtx, change: Change): Promise<void> {
  const { userId, notice, facts, also = [], to, reader: known } = change;
  const open = notice.reaches.by.filter(canLeave);
  if (open.length === 0) return;
  const reader = known === undefined ? await findFullReader(tx, userId) : known;
  if (!reader) return;
  const everywhere: readonly (Address & Apart)[] =
    to ?? once<Address>([...toldAddressesOf(tx, reader).map(({ channel, to: at }) => ({ channel, to: at })), ...also]);
  const reached = await affordable(
    tx,
    userId,
    everywhere.filter(({ channel }) => open.includes(channel)),
  );
  const envelope = { userId: change.isFarewell === true ? null : userId, language: languageOf(reader) };
  await queueLetters(
    tx,
    reached.map(({ facts: own, ...address }) => ({
      ...envelope,
      ...address,
      ...telling(notice, { ...facts, ...own }),
    })),
  );
}

/** Who is to be told, with their addresses of this moment, for a transaction that takes some away; null while no letter can leave. */
export const findListener = async (tx: RawCtx, userId: string): Promise<FullReader | null> =>
  canLeave("mail") || canLeave("sms") ? findFullReader(tx, userId) : null;

/** Text messages cost money: beyond the day's budgets a notice goes by mail only. */
async function affordable<A extends Address>(
  tx: RawCtx,
  userId: string,
  addresses: readonly A[],
): Promise<readonly A[]> {
  const kept: A[] = [];
  for (const address of addresses)
    if (address.channel === "mail" || (await consumeNotice(tx, userId))) kept.push(address);
  if (addresses.some(({ channel }) => channel === "sms")) await noticeBudget(tx, "sms");
  return kept;
}
