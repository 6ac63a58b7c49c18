import * as z from "zod";
import { type LetterKinds, letterKind } from "@/lib/letters/letter-kind";
import type { AlarmKind } from "@/lib/links/alarm-link";
import type { Words } from "@/lib/messages/words-shape";
import type { ChannelName } from "@/lib/policy/channels";
import { boundKinds } from "@/lib/policy/traits";

/** Whom a notice reaches. */
export type Reach =
  /** Every confirmed address of the person it is about, by these channels (NIST SP 800-63B-4, 4.6; ASVS 5.0, 6.3.7). */
  | { readonly to: "owner"; readonly by: readonly ChannelName[] }
  /** The account's own address alone; what comes again within the hour is one digest. `link`: which alarm it is, with a page behind it that has a button; null: none. */
  | { readonly to: "account"; readonly link: AlarmKind | null }
  /** Everybody else who has bound, or logs in with, the address that was bound. */
  | { readonly to: "other owners" }
  /** The mailbox that the event took away as somebody's login e-mail, and nobody else: what it says opens the way back. */
  | { readonly to: "former address" }
  /** All administrators, but the person it is about. By mail only. `waitsForMail`: written while mail is off too, to leave once it is on again. */
  | { readonly to: "administrators"; readonly waitsForMail?: true }
  /** Everybody who was ever in, at the account's own address. By mail only. */
  | { readonly to: "everybody" };

/** By text message too: what is serious. */
export const everyAddress = { to: "owner", by: ["mail", "sms"] } as const satisfies Reach;

/** Where everything protects as before: nobody is woken by a text message for that. */
export const everyMailbox = { to: "owner", by: ["mail"] } as const satisfies Reach;

/** What every notice knows: when it happened (ISO 8601, UTC), from which address, and what the browser called itself. */
export const what = { at: z.iso.datetime(), ip: z.string(), agent: z.string() };

export const sampleWhat = {
  at: "2030-01-07T09:00:00.000Z",
  ip: "203.0.113.7",
  agent: "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:147.0) Gecko/20100101 Firefox/147.0",
};

/** A kind of factor, whichever. */
export const sampleFactor = boundKinds[0];

export const sampleLink = "http://localhost:3000/alarm/alm_0123456789abcdefghijklmnopqrstuvwxyzABCDEFG";

type Making<K extends string, S extends z.ZodObject, W extends Words> = Parameters<typeof letterKind<K, S, W>>[0];

/** A letter that tells what happened: all of it in one file. docs/add-a-notice.md says how to make another. */
export function notice<const K extends string, S extends z.ZodObject, const W extends Words, const R extends Reach>({
  reaches,
  ...making
}: Making<K, S, W> & { readonly reaches: R }) {
  return { ...letterKind<K, S, W>(making), reaches };
}

/** Any notice, for whoever asks whom it reaches. */
export type Notice<R extends Reach = Reach> = LetterKinds[string] & { readonly reaches: R };
