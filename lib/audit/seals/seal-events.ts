import { setTimeout as pause } from "node:timers/promises";
import { isNextOf, macOfSeal, type Seal } from "@/lib/audit/seals/seal";
import { isSound } from "@/lib/audit/seals/sound-seals";
import {
  findNewestSeal,
  findSeal,
  insertSeal,
  listSignedEvents,
  listWriters,
  type Numbers,
  readNumbers,
  type SignedEvent,
} from "@/lib/audit/seals/store";
import type { RawCtx } from "@/lib/context/context";
import { eventLeaf, isEventMac } from "@/lib/crypto/event-mac";
import { runningDigest } from "@/lib/crypto/running-digest";
import { type RawDb, rawOf } from "@/lib/db/client";
import { type Duration, isOver, later } from "@/lib/kernel/duration";
import { auditRules } from "@/lib/policy/audit-rules";

/**
 * What a round of sealing came to. `unsound`: ids of events that were just sealed and that nobody wrote who has the key, as they stand there. `astray`: the id of one
 * whose number was given to nobody; it is not sealed. `forged`: the newest seal, where nobody who has the key made it as it is; `setBack`: the newest one, where numbers are
 * given again that it has sealed. Then nothing is sealed.
 */
export type Sealed = {
  readonly made: readonly Seal[];
  readonly unsound: readonly bigint[];
  readonly astray: bigint | null;
  readonly forged: bigint | null;
  readonly setBack: bigint | null;
};

/**
 * Makes an event seal of each stretch that was recorded since the newest one (a tamper-evident log, by a hash chain): how many events, a digest over their HMACs, and an HMAC over that and the
 * seal before. Waits for whoever is writing events, so that none comes into a stretch afterwards; whoever does not end in time is left to the next round.
 * Nobody waits for it. Of two at once one makes each seal. Events beyond the numbers that were given are left alone: one of them, sealed, would leave no number to the next.
 * Nothing is sealed where the database hands out numbers by the hundred: an event could come into a stretch that is sealed. That is told as a sealing that has stopped.
 */
export async function sealEvents(ctx: RawCtx, patience: Duration = auditRules.patience): Promise<Sealed> {
  const db = rawOf(ctx.db);
  const numbers = await readNumbers(db);
  const newest = await findNewestSeal(db);
  const [made, unsound]: [Seal[], bigint[]] = [[], []];
  const sealed = { made, unsound, astray: numbers.astray, forged: null, setBack: null };
  if (!numbers.inOrder) return sealed;
  if (newest !== null && !(await isSound(db, newest))) return { ...sealed, forged: newest.number };
  if (newest !== null && newest.lastId > numbers.given) return { ...sealed, astray: null, setBack: newest.number };
  if (numbers.last === null || numbers.last <= (newest?.lastId ?? 0n)) return sealed;
  if (await writersEnd(ctx, patience)) await sealStretches(ctx, { newest, upTo: numbers.last }, sealed);
  return sealed;
}

type Stretches = { readonly newest: Seal | null; readonly upTo: NonNullable<Numbers["last"]> };
type Noted = { readonly made: Seal[]; readonly unsound: bigint[] };

async function sealStretches(ctx: RawCtx, { newest: first, upTo }: Stretches, { made, unsound }: Noted): Promise<void> {
  const db = rawOf(ctx.db);
  let newest = first;
  let adopts = newest !== null && (await isAdopting(db, ctx.now));
  for (;;) {
    const next = await listSignedEvents(db, newest?.lastId ?? 0n, auditRules.stretch);
    const events = next.filter(({ id }) => id <= upTo);
    const [oldest] = events;
    if (oldest === undefined) return;
    if (newest === null) adopts = oldest.mac === null;
    const judged = events.map((event) => ({ ...event, isTrue: isTrue(event, adopts) }));
    unsound.push(...judged.filter(({ isTrue }) => !isTrue).map(({ id }) => id));
    const said = sealOf(judged, { number: (newest?.number ?? 0n) + 1n, madeAt: ctx.now });
    const seal = { ...said, mac: macOfSeal(said, newest?.mac ?? null), sweptMac: null };
    if (!(await insertSeal(ctx, seal))) return;
    made.push(seal);
    newest = seal;
  }
}

const isTrue = ({ mac, text }: SignedEvent, adopts: boolean) => (mac === null ? adopts : isEventMac(mac, text));

/** Whether an older version may still be writing beside this one: where the very first seal found its events, and for a day from there. */
async function isAdopting(db: RawDb, now: Date): Promise<boolean> {
  const first = await findSeal(db, 1n);
  return first !== null && isNextOf(first, null) && adopts(first, now);
}

/** The same, of a first seal that fits. */
export const adopts = ({ unsigned, madeAt }: Seal, now: Date): boolean =>
  unsigned > 0 && !isOver(later(madeAt, auditRules.adopting), now);

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

type Judged = SignedEvent & { readonly isTrue: boolean };

/** An event that nobody wrote who has the key counts as one of this moment: whoever edits the newest ones may not make them look old enough to be swept. */
function sealOf(
  events: readonly Judged[],
  { number, madeAt }: { readonly number: bigint; readonly madeAt: Date },
): Omit<Seal, "mac" | "sweptMac"> {
  const times = events.map((event) => (event.isTrue ? momentOf(event) : madeAt.getTime()));
  const digest = runningDigest();
  for (const event of events) digest.add(leafOf(event));
  return {
    number,
    lastId: events.at(-1)?.id ?? 0n,
    events: events.length,
    unsigned: events.filter(({ mac, isTrue }) => mac === null && isTrue).length,
    firstAt: new Date(times.reduce((one, other) => Math.min(one, other), Number.POSITIVE_INFINITY)),
    lastAt: new Date(times.reduce((one, other) => Math.max(one, other), 0)),
    madeAt,
    digest: digest.text(),
  };
}

/** What stands for an event in the digest of its seal. */
export const leafOf = ({ mac, text }: Pick<SignedEvent, "mac" | "text">): Uint8Array => mac ?? eventLeaf(text);

const lastDay = Date.UTC(9999, 11, 31);

/** When an event was, in milliseconds, as its text says. What no calendar has, and only a hand can have written, is the last day of all. */
export function momentOf({ text }: Pick<SignedEvent, "text">): number {
  const [, moment]: readonly unknown[] = JSON.parse(text);
  return typeof moment === "number" && moment >= 0 && moment < lastDay ? moment : lastDay;
}
