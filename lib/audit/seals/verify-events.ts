import { events as known } from "@/lib/audit/events";
import type { Finding } from "@/lib/audit/seals/findings";
import { isStillThere, type Remembered } from "@/lib/audit/seals/newest-seal";
import { isNextOf, isVouchedSwept, type Seal, type SealName } from "@/lib/audit/seals/seal";
import { adopts, leafOf, momentOf } from "@/lib/audit/seals/seal-events";
import { findBeginning, isSound } from "@/lib/audit/seals/sound-seals";
import {
  highest,
  listBelow,
  listNewestSeals,
  listSeals,
  listSignedEvents,
  readNumbers,
  type SignedEvent,
} from "@/lib/audit/seals/store";
import { isEventMac } from "@/lib/crypto/event-mac";
import { runningDigest } from "@/lib/crypto/running-digest";
import type { RawDb } from "@/lib/db/client";
import { between, later } from "@/lib/kernel/duration";
import { auditRules } from "@/lib/policy/audit-rules";

type Verifying = {
  readonly now: Date;
  /** Seals that were the newest once, as files and people remember them: each must still be there. */
  readonly remembered: readonly Remembered[];
  /** Somebody is there to seal. */
  readonly isPortalLiving: boolean;
  /** Only what came last, under seals that say that they have no more than so many events; not what waits for the sweeper. Left out: everything. */
  readonly lately?: number;
  readonly onProgress?: (share: number) => void;
};

export type Verified = {
  readonly isSound: boolean;
  readonly events: number;
  readonly seals: number;
  /** Events that wait for their seal. */
  readonly waiting: number;
  /** Events without an HMAC that a version of before wrote: only their seals vouch for them. */
  readonly adopted: number;
  /** The newest seal that fits. */
  readonly newest: SealName | null;
  /** The first of them; `more`: how many besides. */
  readonly findings: readonly Finding[];
  readonly more: number;
};

/**
 * Reads every event and every seal, and says what is not as it was recorded (AU07; ASVS 5.0, 16.4.2). In: a connection inside a transaction that shows one
 * moment (REPEATABLE READ), and the index keys are held. Holds one page of rows at a time. Writes nothing.
 */
export async function verifyEvents(db: RawDb, verifying: Verifying): Promise<Verified> {
  const { given } = await readNumbers(db);
  const { seal: beginning, forged } = await findBeginning(db);
  const start = await startOf(db, verifying);
  const walk = newWalk(given);
  if (forged !== null) tell(walk, { kind: "beginning.forged", seal: String(forged) });
  for (const event of await listBelow(db, auditRules.page)) tellEvent(walk, "event.astray", event);
  const read = readerOf(db, walk, verifying);
  if (start !== null) await startAt(db, walk, start);
  else if (beginning !== null) await judgeSwept(walk, beginning, read);
  for (let seals = await next(db, walk); seals.length > 0; seals = await next(db, walk)) {
    for (const seal of seals) await judgeSeal(walk, seal, read);
  }
  await judgeRest(walk, verifying, read);
  for (const one of verifying.remembered)
    if (!(await isStillThere(db, one))) tell(walk, { kind: "newest.missing", seal: String(one.number) });
  const { events, seals, waiting, adopted, sound: newest, findings, found } = walk;
  return { isSound: found === 0, events, seals, waiting, adopted, newest, findings, more: found - findings.length };
}

type Walk = {
  events: number;
  seals: number;
  waiting: number;
  adopted: number;
  /** The seal before; null at the very beginning. */
  newest: SealName | null;
  /** The newest one that fits. */
  sound: Seal | null;
  lastId: bigint;
  /** The last number that was given to an event. */
  readonly given: bigint;
  /** The first seal of all, where it was read and fits. */
  first: Seal | null;
  readonly findings: Finding[];
  found: number;
};

const newWalk = (given: bigint): Walk => ({
  events: 0,
  seals: 0,
  waiting: 0,
  adopted: 0,
  newest: null,
  sound: null,
  lastId: 0n,
  given,
  first: null,
  findings: [],
  found: 0,
});

const next = (db: RawDb, { newest }: Walk): Promise<Seal[]> => listSeals(db, newest?.number ?? 0n, auditRules.page);

type Page = { readonly events: number; readonly unsigned: number; readonly digest: string; readonly isToldOf: boolean };

/** Reads on up to the id `upTo`; `judge` says of each event whether it is told of. */
type Reader = (upTo: bigint, judge: (event: SignedEvent) => boolean) => Promise<Page>;

function readerOf(db: RawDb, walk: Walk, { onProgress }: Verifying): Reader {
  let [page, at]: [readonly SignedEvent[], number] = [[], 0];
  let first: bigint | null = null;
  const turn = async () => {
    page = await listSignedEvents(db, walk.lastId, auditRules.page);
    at = 0;
    first ??= page[0]?.id ?? null;
    if (first !== null && first < walk.given)
      onProgress?.(Math.min(1, Math.max(0, Number(walk.lastId - first) / Number(walk.given - first))));
  };
  return async (upTo, judge) => {
    const digest = runningDigest();
    let [events, unsigned, isToldOf] = [0, 0, false];
    for (;;) {
      if (at === page.length) await turn();
      const event = page[at];
      if (event === undefined || event.id > upTo) {
        walk.lastId = upTo > walk.lastId ? upTo : walk.lastId;
        return { events, unsigned, digest: digest.text(), isToldOf };
      }
      at += 1;
      walk.lastId = event.id;
      walk.events += 1;
      events += 1;
      if (event.mac === null) unsigned += 1;
      digest.add(leafOf(event));
      isToldOf = judge(event) || isToldOf;
    }
  };
}

/** The seal behind which a short look begins; null: the record is short, or all of it is to be read. */
async function startOf(db: RawDb, { lately }: Verifying): Promise<Seal | null> {
  if (lately === undefined) return null;
  const seals = await listNewestSeals(db, auditRules.walk);
  let left = lately;
  for (const seal of seals) {
    if (seal.events > left) return seal;
    left -= seal.events;
  }
  return seals.length < auditRules.walk ? null : (seals.at(-1) ?? null);
}

/** That seal must fit; then what came before it is taken at its word. */
async function startAt(db: RawDb, walk: Walk, seal: Seal): Promise<void> {
  if (isVouchedSwept(seal) || (await isSound(db, seal))) noteSound(walk, seal);
  else tell(walk, { kind: "seal.changed", seal: String(seal.number) });
  walk.newest = seal;
  walk.lastId = seal.lastId;
}

/** What stands where everything was swept: old events that the sweeper has not come to, and nothing else. */
async function judgeSwept(walk: Walk, beginning: Seal, read: Reader): Promise<void> {
  const young = later(beginning.madeAt, auditRules.day).getTime();
  await read(
    beginning.lastId,
    (event) =>
      judgeEvent(walk, event, beginning.unsigned > 0) ||
      (momentOf(event) > young && tellEvent(walk, "event.astray", event)),
  );
  noteSound(walk, beginning);
  walk.newest = beginning;
}

/** One seal, and its events. Behind one that is gone nobody can say which events were whose: then that alone is told. */
async function judgeSeal(walk: Walk, seal: Seal, read: Reader): Promise<void> {
  const expected = (walk.newest?.number ?? 0n) + 1n;
  const page = await read(seal.lastId, (event) => judgeEvent(walk, event, seal.unsigned > 0));
  const told = { seal: String(seal.number) };
  if (seal.number !== expected && walk.seals === 0 && walk.newest === null)
    tell(walk, { kind: "beginning.missing", ...told });
  else if (seal.number !== expected) tell(walk, { kind: "seal.missing", seal: String(expected) });
  else if (!isNextOf(seal, walk.newest)) tell(walk, { kind: "seal.changed", ...told });
  else {
    noteSound(walk, seal);
    judgeStretch(walk, seal, page);
  }
  walk.seals += 1;
  walk.newest = { number: seal.number, mac: seal.mac };
}

function noteSound(walk: Walk, seal: Seal): void {
  walk.sound = seal;
  if (seal.number === 1n) walk.first = seal;
}

function judgeStretch(walk: Walk, seal: Seal, { events, digest, isToldOf }: Page): void {
  if (events === seal.events && (digest === seal.digest || isToldOf)) return;
  const kind = events < seal.events ? "events.missing" : events > seal.events ? "events.added" : "events.exchanged";
  const count = Math.abs(events - seal.events) || events;
  const [from, to] = [seal.firstAt.toISOString(), seal.lastAt.toISOString()];
  tell(walk, { kind, seal: String(seal.number), count, from, to });
}

/** `isAdopting`: one without an HMAC is taken for an older version's. Out: whether it is told of. */
function judgeEvent(walk: Walk, event: SignedEvent, isAdopting: boolean): boolean {
  if (event.mac === null && isAdopting) {
    walk.adopted += 1;
    return false;
  }
  if (event.mac !== null && isEventMac(event.mac, event.text)) return false;
  return tellEvent(walk, event.mac === null ? "event.unsigned" : "event.changed", event);
}

/** What came after the newest seal. Where there is none yet, nobody can tell what was there before. */
async function judgeRest(walk: Walk, { now, isPortalLiving }: Verifying, read: Reader): Promise<void> {
  const { sound } = walk;
  if (sound !== null && sound.lastId > walk.given) tell(walk, { kind: "numbers.set_back", seal: String(sound.number) });
  let isAdopting = walk.first !== null && adopts(walk.first, now);
  let oldest: number | null = null;
  const { events } = await read(highest, (event) => {
    if (event.id > walk.given) return tellEvent(walk, "event.astray", event);
    if (oldest === null && walk.newest === null) isAdopting = event.mac === null;
    oldest ??= momentOf(event);
    return judgeEvent(walk, event, isAdopting);
  });
  walk.waiting = events;
  if (oldest === null || !isPortalLiving) return;
  const since = new Date(oldest);
  if (between(since, now) > auditRules.stopped) tell(walk, { kind: "sealing.stopped", since: since.toISOString() });
}

/** Its name is told only where it is one of ours: a hand may have written anything, also what a terminal obeys. */
function tellEvent(walk: Walk, kind: "event.changed" | "event.unsigned" | "event.astray", event: SignedEvent): true {
  const [, , name]: readonly unknown[] = JSON.parse(event.text);
  const isOurs = typeof name === "string" && Object.hasOwn(known, name);
  const at = new Date(momentOf(event)).toISOString();
  tell(walk, { kind, id: String(event.id), at, name: isOurs ? name : "of no name that a portal writes" });
  return true;
}

function tell(walk: Walk, finding: Finding): void {
  walk.found += 1;
  if (walk.findings.length < auditRules.findings) walk.findings.push(finding);
}
