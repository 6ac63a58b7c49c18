import { setTimeout as pause } from "node:timers/promises";
import { recordEvent } from "@/lib/audit/record-event";
import { type Ctx, inShortTransaction, inTransaction, type RawCtx } from "@/lib/context/context";
import type { Channel, MailMessage, Outcome, SmsMessage } from "@/lib/delivery/channel";
import { type Duration, seconds } from "@/lib/kernel/duration";
import { logLine } from "@/lib/kernel/log";
import { tally } from "@/lib/kernel/tally";
import type { LetterKinds } from "@/lib/letters/letter-kind";
import { type OpenLetter, openLetter } from "@/lib/letters/open-letter";
import {
  type CarriedRow,
  giveBackLetter,
  markSent,
  type ParkedRow,
  parkLetter,
  parkOverdue,
  postponeLetter,
} from "@/lib/letters/store";
import { type Verdict, verdictOn } from "@/lib/letters/verdict";
import { writeMail, writeSms } from "@/lib/letters/write-letter";
import type { ChannelName } from "@/lib/policy/channels";
import { letterRules } from "@/lib/policy/letter-rules";

/** The ways out of the house; null for one that is closed. */
export type WaysOut = {
  readonly mail: () => Channel<MailMessage> | null;
  readonly sms: () => Channel<SmsMessage> | null;
};

/**
 * A row of the outbox that is no letter yet: what is done in the transaction that takes it out. So whoever asks for a letter to somebody writes the same row for
 * everybody, and whether there is an account is looked up when nobody waits for the answer any more: no user enumeration by it (ASVS 5.0, 6.3.8).
 */
export type Order = (tx: Ctx, order: OpenLetter) => Promise<void>;

/** The orders that an outbox worker can carry out, by their kind. */
export type Orders = Readonly<Record<string, Order>>;

type Work = {
  readonly context: () => Ctx;
  readonly ways: WaysOut;
  readonly kinds: LetterKinds;
  readonly orders?: Orders;
};

/** For how long the letter's channel is to be left alone; null when the letter was tried. */
export type Carried = { readonly channel: ChannelName; readonly rest: Duration | null };

/**
 * Opens one letter, sets it, hands it over and writes down what became of it. What cannot be opened is parked: one damaged letter
 * holds up nobody. What has no text here waits. Throws only when the result cannot be written down for as long as the lease lasts; the letter is then carried
 * again by somebody, under the same key.
 */
export async function carryLetter({ context, ways, kinds, orders = {} }: Work, row: CarriedRow): Promise<Carried> {
  const order = Object.hasOwn(orders, row.kind) ? orders[row.kind] : undefined;
  if (order !== undefined) {
    await untilWritten(() => carryOut(context(), row, order));
    return { channel: row.channel, rest: null };
  }
  const ready = await prepare({ ways, kinds }, row);
  if ("verdict" in ready) {
    await untilWritten(() => settle(context(), row, ready.verdict));
    return { channel: row.channel, rest: null };
  }
  const outcome = await inTime(ready.send());
  if (outcome.kind === "later" && outcome.untried === true) {
    tally({ what: "letter", channel: row.channel, outcome: "given_back" });
    await untilWritten(() => giveBackLetter(context(), row));
    return { channel: row.channel, rest: outcome.retryAfter ?? shortRest };
  }
  await untilWritten(() => settle(context(), row, verdictOn(outcome, row, context().now)));
  return { channel: row.channel, rest: null };
}

/** Takes an order out and does it, both or neither; one that cannot be opened, or that ended the portal each time, is given up. */
async function carryOut(ctx: Ctx, row: CarriedRow, order: Order): Promise<boolean> {
  const open = row.tries > letterRules.tries ? null : openLetter(row);
  if (open === null) return settle(ctx, row, { kind: "park", fault: "The order cannot be carried out.", keep: false });
  return inTransaction(ctx, async (tx) => {
    if (!(await markSent(tx, row))) return false;
    await order(tx, open);
    return true;
  });
}

/** Gives up what nobody wants any more. */
export async function giveUpOverdue(ctx: Ctx): Promise<void> {
  await inShortTransaction(ctx, async (tx) => {
    for (const parked of await parkOverdue(tx, overdueAtOnce)) await tellParked(tx, parked);
  });
}

const shortRest = seconds(1);
const overdueAtOnce = 100;
const switchedOff: Outcome = { kind: "later", reason: "The channel is switched off.", untried: true };

type Ready = { readonly send: () => Promise<Outcome> } | { readonly verdict: Verdict };

const given = (fault: string, keep = false): Ready => ({ verdict: { kind: "park", fault, keep } });
const damaged = given("The letter is damaged and cannot be opened.");

const noText = "This version of the portal has no text for such a letter.";

/**
 * While portals are exchanged, one of another version may have written it, and knows its text: it waits like one that could not
 * leave, four tries long. Then it is parked with its content: its reader's later letters must not wait behind it for hours.
 */
const unknownHere = ({ tries, urgent }: CarriedRow): Ready =>
  tries > letterRules.triesWithoutText
    ? given(noText, !urgent)
    : { send: async () => ({ kind: "later", reason: noText }) };

/** A letter as its channel takes it, or why it never will be: then it costs nobody a try. */
async function prepare({ ways, kinds }: Omit<Work, "context">, row: CarriedRow): Promise<Ready> {
  // each try was counted before it began: so often, the worker itself did not come back from it
  if (row.tries > letterRules.tries)
    return given("The portal ended each time while it carried this letter.", !row.urgent);
  const letter = openLetter(row);
  if (letter === null) return damaged;
  try {
    if (row.channel === "mail") return bound(ways.mail(), await writeMail(letter, kinds), row);
    return bound(ways.sms(), writeSms(letter, kinds), row);
  } catch (fault) {
    const name = fault instanceof Error ? fault.name : typeof fault;
    return given(`The letter could not be written (${name}).`, !row.urgent); // another version of the portal may know how
  }
}

function bound<M>(channel: Channel<M> | null, message: M | null, row: CarriedRow): Ready {
  if (message === null) return unknownHere(row);
  return { send: async () => (channel === null ? switchedOff : channel.send(message, row.id)) };
}

/** Channels keep their own time; one that does not must not keep the outbox worker. */
async function inTime(sending: Promise<Outcome>): Promise<Outcome> {
  const timer = new AbortController();
  const late: Outcome = { kind: "later", reason: "The channel gave no answer in time." };
  try {
    return await Promise.race([sending, pause(letterRules.settle, late, { signal: timer.signal, ref: false })]);
  } catch (fault) {
    return { kind: "later", reason: `The channel failed (${fault instanceof Error ? fault.name : typeof fault}).` };
  } finally {
    timer.abort();
  }
}

const outcomes = { sent: "sent", wait: "later", park: "parked" } as const;

/** Writes down what became of a letter; true where it is still this worker's. */
async function settle(ctx: Ctx, row: CarriedRow, verdict: Verdict): Promise<boolean> {
  const isOurs = await write(ctx, row, verdict);
  if (isOurs) tally({ what: "letter", channel: row.channel, outcome: outcomes[verdict.kind] });
  return isOurs;
}

async function write(ctx: Ctx, row: CarriedRow, verdict: Verdict): Promise<boolean> {
  switch (verdict.kind) {
    case "sent":
      return markSent(ctx, row);
    case "wait":
      return postponeLetter(ctx, { ...row, ...verdict });
    case "park":
      return inShortTransaction(ctx, async (tx) => {
        const isOurs = await parkLetter(tx, { ...row, ...verdict });
        if (isOurs) await tellParked(tx, { ...row, fault: verdict.fault });
        return isOurs;
      });
  }
}

/** An event, and a line that an operator's alarm can listen to: somebody was not told something. */
async function tellParked(tx: RawCtx, parked: ParkedRow): Promise<void> {
  const { userId: subjectId, kind, channel, tries, fault } = parked;
  const meta = { kind, channel, tries, fault };
  await recordEvent(tx, { name: "letter.parked", actorId: null, subjectId, meta });
  tx.afterCommit(() => logLine("alarm", "letter.parked", { at: tx.now, ...meta }));
}

/** The letter has left, or has not: worth some patience with a database that is away, as long as the lease surely lasts. */
async function untilWritten(write: () => Promise<boolean>): Promise<void> {
  for (let left = 15; ; left -= 1) {
    try {
      await write();
      return;
    } catch (fault) {
      if (left <= 1) throw fault;
      await pause(seconds(1));
    }
  }
}
