import type * as z from "zod";
import type { Ctx } from "@/lib/context/context";
import type { Duration } from "@/lib/kernel/duration";
import type { MessageId } from "@/lib/messages/catalogue";
import type { Actor, Kept } from "@/lib/sessions/acting-session";
import type { TurnName } from "@/lib/turns/store";
import type { Account } from "@/lib/users/user";

/** Whose change it is, as their row stands at the moment of judging. */
export type Owner = Pick<Account, "id" | "email" | "isAdmin" | "policy" | "credentialVersion" | "disabledAt"> & {
  /** What they read; null where they never logged in. */
  readonly language: string | null;
  /** When the password was last chosen. */
  readonly passwordChangedAt: Date | null;
  /** When the change was asked for. */
  readonly askedAt: Date;
  /** The person in their session, where it is done at once; null where it has waited: nobody is there then. */
  readonly acting: Actor | null;
};

type Making<N extends string, S extends z.ZodType> = {
  /** As rows and events have it, for ever. */
  readonly name: N;
  /** Exactly what has to be known to do it. It lies sealed until then. */
  readonly shape: S;
  /** How long it waits; null: as long as the operator says. */
  readonly waits: Duration | null;
  /** What is done by one at a time on the whole database: taken before the account is, as everybody does who takes both. */
  readonly turn?: TurnName;
  /** Whether it is done at once on a settled device with the strongest proof. */
  readonly mayBeAtOnce: boolean;
  /** What the letters say besides the kind's name: a factor's label, a masked address; "" for nothing. */
  readonly detail: (tx: Ctx, owner: Owner, data: z.output<S>) => Promise<string>;
  /** Judged when it is asked for and anew when it is due, under the rules of that day: the sentence that says why not, or null. It has no parameters. */
  readonly whyNot: (tx: Ctx, owner: Owner, data: z.output<S>) => Promise<MessageId | null>;
  /**
   * Does it, inside the transaction that moves the change's state, which holds the account's guard row: so it is done once, whoever is killed. It tells
   * what it did by its own events and notices. Out: what is left of the acting person's sessions; null where no session ended, or nobody acts.
   */
  readonly effect: (tx: Ctx, owner: Owner, data: z.output<S>) => Promise<Kept | null>;
};

/** A change with its data read: what can be asked of it. */
export type ReadChange = {
  readonly detail: (tx: Ctx, owner: Owner) => Promise<string>;
  readonly whyNot: (tx: Ctx, owner: Owner) => Promise<MessageId | null>;
  readonly effect: (tx: Ctx, owner: Owner) => Promise<Kept | null>;
};

/** A kind of dangerous change: all that the engine knows of it. */
export type PendingKind<N extends string = string, S extends z.ZodType = z.ZodType> = Pick<
  Making<N, S>,
  "name" | "shape" | "waits" | "turn" | "mayBeAtOnce"
> & {
  /** Null for data that is none of this kind's: a damaged row, or one of another version. */
  readonly read: (data: unknown) => ReadChange | null;
};

/** Makes a kind; it stands in a file of its own in `lib/pending/kinds`, and in the registry. */
export function pendingKind<const N extends string, S extends z.ZodType>(making: Making<N, S>): PendingKind<N, S> {
  const { detail, whyNot, effect, ...known } = making;
  return {
    ...known,
    read: (given) => {
      const read = known.shape.safeParse(given);
      if (!read.success) return null;
      const { data } = read;
      return {
        detail: (tx, owner) => detail(tx, owner, data),
        whyNot: (tx, owner) => whyNot(tx, owner, data),
        effect: (tx, owner) => effect(tx, owner, data),
      };
    },
  };
}
