import type { SecurityEvent } from "@/lib/audit/record-event";
import type { NoticeFacts } from "@/lib/letters/draft";
import type { FullReader } from "@/lib/notices/store";
import type { BoundHandle } from "@/lib/notices/tell-other-owners";
import type { NumberedAddress } from "@/lib/notices/tell-user";
import type { Address } from "@/lib/notices/told-addresses";
import type { NoticesOf, TellingEvent } from "@/lib/notices/which-notice";

/** An event that somebody hears of, and what its notices must know. */
export type Told<N extends TellingEvent> = Knowing &
  AskedFacts<N> &
  AskedBound<N> & { readonly event: SecurityEvent<N> };

/** What only some of them must know. */
export type Knowing = {
  /** Addresses that were confirmed until this very transaction: those of a factor that it took away. */
  readonly also?: readonly Address[];
  /** `findListener` of an earlier moment, where this transaction takes addresses away; unless said, it is asked for now. */
  readonly reader?: FullReader | null;
  /** What was bound, where its other owners hear of it. */
  readonly bound?: BoundHandle;
  /** In the place of the confirmed addresses: these, each with the id that its letter will have. */
  readonly to?: readonly NumberedAddress[];
  /** The account goes by it: the letters outlive it. */
  readonly isFarewell?: boolean;
  /** The mailbox that this transaction took away, where it is told apart from the others; null: there is none that could be. */
  readonly former?: string | null;
  /** What may end before the letters to administrators have left: whoever ends it drops them (`dropUnsent`). */
  readonly about?: string;
  /** The person joins by it. */
  readonly isFirst?: boolean;
};

/** What the event's notices are made of, but for what every notice knows and what those for other owners find themselves. */
type AskedFacts<N extends TellingEvent> = keyof Asked<NoticesOf<N>> extends never
  ? { readonly facts?: never }
  : { readonly facts: Asked<NoticesOf<N>> & object };

type AskedBound<N extends TellingEvent> = [Extract<NoticesOf<N>, ForOtherOwners>] extends [never]
  ? unknown
  : { readonly bound: BoundHandle };

type ForOtherOwners = { readonly reaches: { readonly to: "other owners" } };
type Asked<T> = All<T extends ForOtherOwners ? never : Own<T>>;
type Own<T> = T extends { readonly sample: infer F } ? Omit<F, keyof NoticeFacts> : never;
type All<U> = (U extends unknown ? (one: U) => void : never) extends (all: infer I) => void ? I : never;
