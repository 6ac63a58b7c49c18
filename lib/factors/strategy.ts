import type * as z from "zod";
import type { Ctx, RawCtx } from "@/lib/context/context";
import type { Factor } from "@/lib/factors/factor";
import type { Mark } from "@/lib/factors/view";
import { DomainError } from "@/lib/kernel/errors";
import type { MessageId } from "@/lib/messages/catalogue";
import type { ChannelName } from "@/lib/policy/channels";

/** What a person typed into the fields of a form, by field name. Nothing else of a request reaches a strategy. */
export type Answer = Readonly<Record<string, unknown>>;

/** Recovery codes that are shown to their owner once, together; `id`: by what the page that shows them says that they are saved. */
export type Showing = { readonly id: string; readonly codes: readonly string[] };

/** What was spent. `reveal`: what is to be shown to this person once (the replacement of a recovery code). */
export type Burnt = { readonly reveal?: Showing; readonly step?: number };

/** Spends the accepted proof in one conditional write inside the success's transaction. Null: somebody else spent it first. */
export type Burn = (tx: RawCtx) => Promise<Burnt | null>;

/** What an answer is for. A sent code is good for its own challenge, or its own pending factor, and for nothing else. */
export type Scene =
  | {
      readonly purpose: "LOGIN" | "STEP_UP" | "RESET";
      readonly challengeId: string;
      /** What came later answers nothing here: it may be a stranger's. */
      readonly onlyBefore?: Date | null;
      /** What comes of it is shown by a page that asks whether it is saved. Else it counts as saved. */
      readonly asksWhetherSaved?: boolean;
    }
  | { readonly purpose: "BIND" };

/** Judges a well-formed answer against what the person holds. Its try is consumed before it runs; may be slow; writes nothing. Throws the kind's `wrong` when it is not right. */
export type Attempt = (ctx: Ctx, held: readonly Factor[], scene: Scene) => Promise<Burn>;

/**
 * A factor about to be bound: its plain secret, sealed before it is stored (null: only the answer that confirms it will bring one, and its burn
 * stores that); `handle`: by what its like are found, an HMAC; `data`: what to remember besides.
 */
export type Begun = {
  readonly secret: string | null;
  readonly handle?: string;
  readonly data?: Readonly<Record<string, string | number | boolean | readonly string[] | null>>;
};

/** Who begins an enrolment. */
export type Enroller = { readonly userId: string; readonly email: string };

/** How a kind is bound. Kinds that are not (recovery codes, the password) have none. */
export type Enrolment = {
  /** How many of the kind one person may have. */
  readonly perPerson: number;
  /** The field of what the person types to begin, an address for instance; null where a button is enough. */
  readonly beginsWith: string | null;
  /** `given`: what was typed to begin; kinds that need nothing look at nothing. Malformed: throws, and has cost nothing. */
  readonly begin: (ctx: Ctx, enroller: Enroller, given: Answer) => Begun;
  /** What the person must see to finish, by name. Only while it is pending. `secret` is empty while there is none. */
  readonly show: (secret: string, enroller: Enroller) => Readonly<Record<string, string>>;
  /** Proves possession of the PENDING factor; like `readAnswer`, but may explain more, for there is nothing to protect yet. */
  readonly readConfirmation: (answer: Answer) => Attempt;
};

/** A code to be sent to one factor's address: what answers `scene`. */
export type CodeToSend = { readonly factor: Factor; readonly scene: Scene };

/** A code that was sent: to which factor (null: the account's own address), when, and how many there were for this step. */
export type LastSent = { readonly factorId: string | null; readonly at: Date; readonly count: number };

/** The answer is a one-time code that is sent (OTP delivery, out of band: NIST SP 800-63B-4, 3.1.3): how that is done. */
export type OtpDelivery = {
  readonly how: "send";
  readonly channel: ChannelName;
  /** What the budgets look at: the HMAC of the address, and of the block of addresses that it lies in, if there are blocks. */
  readonly budgetKeys: (address: string) => { readonly address: string; readonly block: string | null };
  /** Sends a fresh code: its row and its letter, queued in the caller's transaction. Consumed for before; the network is the outbox worker's. */
  readonly send: (tx: Ctx, toSend: CodeToSend) => Promise<void>;
  /** What was sent last for this scene to one of `held`, or null. Reading it writes nothing. */
  readonly lastSent: (ctx: Ctx, held: readonly Factor[], scene: Scene) => Promise<LastSent | null>;
};

/** What the browser needs for a ceremony, by name. It stands in the page: nothing secret. */
export type CeremonyOptions = Readonly<Record<string, string>>;

/** The answer is made by the browser, or something beside it, from options of ours (WebAuthn's ceremonies, section 7). */
export type Ceremony = {
  readonly how: "ceremony";
  /**
   * The options for one step, with its `challenge` (`challengesOf`, which the judging asks too: an answer to another step's is none). `held`: what
   * could answer, or the one pending factor. A page asks at each visit, so it writes nothing.
   */
  readonly options: (ctx: Ctx, held: readonly Factor[], challenge: string, scene: Scene) => Promise<CeremonyOptions>;
};

/** What must happen before an answer is possible. */
export type Preparation = OtpDelivery | Ceremony;

/** One kind of proof, an authenticator type of NIST SP 800-63B-4: the same verbs for all: held, readAnswer and, where it is bound, begin, show and readConfirmation. A kind is this folder of logic and one folder of faces. */
export type FactorStrategy = {
  /** The field of the answer that the kind's sentences stand beside. */
  readonly field: string;
  /** The sentence for wrong, absent and foreign alike. */
  readonly wrong: MessageId;
  /** The sentence for a right answer that this account has spent before. */
  readonly used: MessageId;
  readonly enrolment: Enrolment | null;
  /** Null for kinds whose answer the person has at hand. */
  readonly prepare: Preparation | null;
  /** What may be shown of where this factor is (a masked address), or null. */
  readonly describe: (factor: Factor) => string | null;
  /** What else its owner should know of it at a glance, kinds of which all are alike have none. */
  readonly marks?: (factor: Factor) => readonly Mark[];
  /** What this person could answer with; empty when nothing. */
  readonly held: (ctx: Ctx, userId: string) => Promise<readonly Factor[]>;
  /** Reads an answer. Malformed: throws, and has cost nothing. */
  readonly readAnswer: (answer: Answer) => Attempt;
  /** Is this the very answer that was accepted for `step`? Only of kinds whose answers have a step (`Burnt.step`); elsewhere no answer comes back. */
  readonly isAnswerOf?: (held: readonly Factor[], answer: Answer, step: number) => boolean;
};

/** Closes over the answer's shape, so that the registry needs neither unions by hand nor casts. */
export function readAnswerWith<S extends z.ZodType>(reading: {
  readonly schema: S;
  readonly malformed: MessageId;
  readonly field: string;
  readonly judge: (ctx: Ctx, held: readonly Factor[], answer: z.output<S>, scene: Scene) => Promise<Burn>;
}): (answer: Answer) => Attempt {
  return (answer) => {
    const parsed = reading.schema.safeParse(answer);
    if (!parsed.success) throw new DomainError(reading.malformed, { field: reading.field });
    return (ctx, held, scene) => reading.judge(ctx, held, parsed.data, scene);
  };
}
