import { z } from "zod";
import { addressKinds } from "@/lib/policy/kinds";

const addressKind = z.enum(addressKinds);

/** Nearly all of a day's budget is used, all of it, or the half that addresses may use which somebody merely says are theirs. */
const budgetLevel = z.enum(["nearly", "spent", "claimed"]);

export type BudgetLevel = z.infer<typeof budgetLevel>;

/** A code that somebody is waiting for, and for how many minutes it is good. */
const code = { code: z.string().regex(/^\d{4,12}$/), minutes: z.number() };

/** What every notice knows: when it happened (ISO 8601, UTC), from which address, and what the browser called itself. */
const what = { at: z.iso.datetime(), ip: z.string(), agent: z.string() };

/** `factor` is the kind's word ("totp"), `label` the person's own name for it. */
const factor = { ...what, factor: z.string(), label: z.string() };

/** `link` leads to a page with a button; opening it changes nothing. An empty one is none. */
const link = { ...what, link: z.string() };

/** Every letter there is, with exactly the facts that its text is made of. They are sealed until the letter has left. */
export const factShapes = {
  "code.login": z.strictObject(code),
  "code.bind": z.strictObject(code),
  "channel.test": z.strictObject({}),
  /** `codes`: how many recovery codes were made with it, in the same moment; none: it had them already. */
  "factor.bound": z.strictObject({ ...factor, codes: z.number().optional() }),
  "factor.removed": z.strictObject(factor),
  /** `lane`: whom a password is closed to; letters that were written before it had two caps have none. */
  "factor.closed": z.strictObject({ ...what, factor: z.string(), lane: z.enum(["untrusted", "all"]).optional() }),
  "factors.reset": z.strictObject(what),
  "recovery.generated": z.strictObject({ ...what, count: z.number() }),
  /** One came with a factor that was bound by an app; an earlier one that came like that is void. */
  "recovery.added": z.strictObject({ ...what, left: z.number() }),
  "recovery.used": z.strictObject({ ...what, left: z.number() }),
  "password.changed": z.strictObject(what),
  /** An invited person has chosen their first password. */
  "account.joined": z.strictObject(what),
  /** Somebody proved that they receive here too and bound it to another account; nothing about the reader's account changed. */
  "destination.shared": z.strictObject({ ...what, destination: addressKind }),
  /** The address to log in with from now on, masked: the old mailbox may be somebody else's by now. */
  "email.changed": z.strictObject({ ...what, email: z.string() }),
  /** The number to log in with, masked; empty: there is none any more. */
  "phone.changed": z.strictObject({ ...what, phone: z.string() }),
  /** Ten wrong tries on a device that was known: it counts as a strange one from now on. */
  "device.forgotten": z.strictObject(what),
  "device.new": z.strictObject(link),
  /** The right password, and then wrong second-step codes. */
  "second_step.wrong": z.strictObject(link),
  /** Many wrong passwords; logins from strangers wait. */
  "password.waits": z.strictObject(what),
  /** What came again after the first letter `about` it; the letter's `repeats` says how often besides. */
  digest: z.strictObject({ ...link, about: z.string() }),
  /** Somebody pressed "this was not me" in a letter: the password works no more and everybody is logged out. */
  "account.secured": z.strictObject(what),
  /** To administrators: `who` pressed "this was not me". */
  "account.contained": z.strictObject({ ...link, who: z.string() }),
  /** To administrators: how far the day's budget of a channel, `limit` codes or messages, is used up. */
  "budget.spent": z.strictObject({
    at: z.iso.datetime(),
    channel: z.enum(["mail", "sms"]),
    level: budgetLevel,
    limit: z.number(),
  }),
} as const;

export type LetterKind = keyof typeof factShapes;

/** The facts of a kind: others do not compile. */
export type FactsOf = { readonly [K in LetterKind]: Readonly<z.infer<(typeof factShapes)[K]>> };

/** The kinds that tell somebody what happened to their account. */
export type NoticeKind = Exclude<LetterKind, "code.login" | "code.bind" | "channel.test">;

/** What is common to all notices. */
export type NoticeFacts = { readonly at: string; readonly ip: string; readonly agent: string };

/** Any letter's facts as they are kept: short plain values. */
export type Facts = Readonly<Record<string, string | number | boolean>>;

/** Which text, and what it is made of. */
export type LetterWords = { readonly [K in LetterKind]: { readonly kind: K; readonly facts: FactsOf[K] } }[LetterKind];
