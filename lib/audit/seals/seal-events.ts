import { setTimeout as pause } from "node:timers/promises";
import { isNextOf, macOfSeal, type Seal, sweptMacOf } from "@/lib/audit/seals/seal";
import { findBeginning, isSound } from "@/lib/audit/seals/sound-seals";
import {
  findEnds,
  findNewestSeal,
  insertSeal,
  listSeals,
  listSignedEvents,
  listWriters,
  markSwept,
  type SignedEvent,
} from "@/lib/audit/seals/store";
import type { RawCtx } from "@/lib/context/context";
import { eventLeaf, isEventMac } from "@/lib/crypto/event-mac";
import { runningDigest } from "@/lib/crypto/running-digest";
import { type RawDb, rawOf } from "@/lib/db/client";
import { type Duration, earlier, isOver } from "@/lib/kernel/duration";
import { auditRules } from "@/lib/policy/audit-rules";

/**
 * What a round of sealing came to. `unsound`: ids of events whose HMAC does not fit what they say. `forged`: the newest seal, where nobody who has the key made
 * it as it is; then nothing is sealed behind it.
 */
export type Sealed = {
  readonly made: readonly Seal[];
  readonly unsound: readonly number[];
  readonly forged: number | null;
};

/**
 * Makes an event seal of each stretch that was recorded since the newest one (a tamper-evident log, by a hash chain): how many events, a digest over their HMACs, and an HMAC over that and the
 * seal before. Waits for whoever is writing events, so that none comes into a stretch afterwards; whoever does not end in time is left to the next round.
 * Nobody waits for it. Of two at once one makes each seal.
 */
export async function sealEvents(ctx: RawCtx, patience: Duration = auditRules.patience): Promise<Sealed> {
  const db = rawOf(ctx.db);
  const [made, unsound]: [Seal[], number[]] = [[], []];
  const ends = await findEnds(db);
  let newest = await findNewestSeal(db);
  if (newest !== null && !(await isSound(db, newest))) return { made, unsound, forged: newest.number };
  const sealed = { made, unsound, forged: null };
  if (ends === null || ends.last <= (newest?.lastId ?? 0)) return sealed;
  if (!(await writersEnd(ctx, patience))) return sealed;
  for (;;) {
    const after = newest?.lastId ?? 0;
    const events = await listSignedEvents(db, { after, upTo: ends.last, limit: auditRules.stretch });
    if (events.length === 0) return sealed;
    unsound.push(
      ...events.filter((event) => event.mac !== null && !isEventMac(event.mac, event.text)).map(({ id }) => id),
    );
    const next = sealOf(events, { number: (newest?.number ?? 0) + 1, madeAt: ctx.now });
    const seal = { ...next, mac: macOfSeal(next, newest?.mac ?? null), sweptMac: null };
    if (!(await insertSeal(ctx, seal))) return sealed;
    made.push(seal);
    newest = seal;
  }
}

/** True once everybody who was writing events a moment ago has ended. Whoever begins later writes later ids. */
async function writersEnd(ctx: RawCtx, patience: Duration): Promise<boolean> {
  const db = rawOf(ctx.db);
  let writing = await listWriters(db);
  for (const begun = performance.now(); writing.length > 0; await pause(auditRules.ask)) {
    if (performance.now() - begun > patience) return false;
    const now = new Set(await listWriters(db));
    writing = writing.filter((name) => now.has(name));
  }
  return true;
}

function sealOf(
  events: readonly SignedEvent[],
  { number, madeAt }: { readonly number: number; readonly madeAt: Date },
): Omit<Seal, "mac" | "sweptMac"> {
  const times = events.map(momentOf);
  const digest = runningDigest();
  for (const event of events) digest.add(leafOf(event));
  return {
    number,
    lastId: events.at(-1)?.id ?? 0,
    events: events.length,
    unsigned: events.filter(({ mac }) => mac === null).length,
    firstAt: new Date(times.reduce((one, other) => Math.min(one, other), Number.POSITIVE_INFINITY)),
    lastAt: new Date(times.reduce((one, other) => Math.max(one, other), 0)),
    madeAt,
    digest: digest.text(),
  };
}

/** What stands for an event in the digest of its seal. */
export const leafOf = ({ mac, text }: Pick<SignedEvent, "mac" | "text">): Uint8Array => mac ?? eventLeaf(text);

/** When an event was, in milliseconds, as its text says. */
export function momentOf({ text }: Pick<SignedEvent, "text">): number {
  const [, moment]: readonly unknown[] = JSON.parse(text);
  return Number(moment);
}

/**
 * Says that events older than `kept` may be swept: whole stretches, from the oldest on. Only whoever has the key can say it, so a chain whose beginning was cut
 * off by somebody else does not pass for a swept one. Each seal is checked before anything is said of it, or a row that was written by hand would make the portal
 * itself sweep what is young. Out: the number of a seal that does not fit, and nothing was released; or null.
 */
export async function releaseOldEvents(ctx: RawCtx, kept: Duration): Promise<number | null> {
  const db = rawOf(ctx.db);
  const { seal: beginning, forged } = await findBeginning(db);
  if (forged !== null) return forged;
  const { newest, odd } = await walkOld(db, beginning, earlier(ctx.now, kept));
  if (odd === null && newest !== null && newest !== beginning) await markSwept(ctx, newest, sweptMacOf(newest));
  return odd;
}

/** From `beginning` on to the newest seal that is from before `moment`, or to the first one that does not fit. */
async function walkOld(
  db: RawDb,
  beginning: Seal | null,
  moment: Date,
): Promise<{ readonly newest: Seal | null; readonly odd: number | null }> {
  let newest = beginning;
  for (;;) {
    const seals = await listSeals(db, newest?.number ?? 0, auditRules.walk);
    for (const seal of seals) {
      if (!isNextOf(seal, newest)) return { newest, odd: seal.number };
      if (!isOver(seal.lastAt, moment)) return { newest, odd: null };
      newest = seal;
    }
    if (seals.length === 0) return { newest, odd: null };
  }
}
