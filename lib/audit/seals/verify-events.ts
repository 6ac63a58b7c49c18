import type { Finding } from "@/lib/audit/seals/findings";
import { isStillThere, type Remembered } from "@/lib/audit/seals/newest-seal";
import { isNextOf, type Seal, type SealName } from "@/lib/audit/seals/seal";
import { leafOf, momentOf } from "@/lib/audit/seals/seal-events";
import { findBeginning } from "@/lib/audit/seals/sound-seals";
import { findEnds, listSeals, listSignedEvents, type SignedEvent } from "@/lib/audit/seals/store";
import { isEventMac } from "@/lib/crypto/event-mac";
import { runningDigest } from "@/lib/crypto/running-digest";
import type { RawDb } from "@/lib/db/client";
import { between, isOver, later } from "@/lib/kernel/duration";
import { auditRules } from "@/lib/policy/audit-rules";

type Verifying = {
  readonly now: Date;
  /** Seals that were the newest once, as files and people remember them: each must still be there. */
  readonly remembered: readonly Remembered[];
  /** Somebody is there to seal. */
  readonly isPortalLiving: boolean;
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
  const walk = await begin(db);
  const pages = await readerOf(db, walk, verifying);
  for (let seals = await next(db, walk); seals.length > 0; seals = await next(db, walk)) {
    for (const seal of seals) await judgeSeal(walk, seal, pages);
  }
  await judgeRest(walk, verifying, pages);
  for (const one of verifying.remembered)
    if (!(await isStillThere(db, one))) tell(walk, { kind: "newest.missing", seal: one.number });
  const { events, seals, waiting, adopted, newest, findings, found } = walk;
  return { isSound: found === 0, events, seals, waiting, adopted, newest, findings, more: found - findings.length };
}

type Walk = {
  events: number;
  seals: number;
  waiting: number;
  adopted: number;
  /** The seal before; null at the very beginning. */
  newest: SealName | null;
  lastId: number;
  /** Until when events without an HMAC are taken for those of a version of before. */
  adoptedUntil: Date;
  readonly findings: Finding[];
  found: number;
};

async function begin(db: RawDb): Promise<Walk> {
  const { seal: swept, forged } = await findBeginning(db);
  const walk: Walk = {
    events: 0,
    seals: 0,
    waiting: 0,
    adopted: 0,
    newest: swept === null ? null : { number: swept.number, mac: swept.mac },
    lastId: swept?.lastId ?? 0,
    adoptedUntil: new Date(0),
    findings: [],
    found: 0,
  };
  if (forged !== null) tell(walk, { kind: "beginning.forged", seal: forged });
  return walk;
}

const next = (db: RawDb, { newest }: Walk): Promise<Seal[]> => listSeals(db, newest?.number ?? 0, auditRules.page);

type Page = { readonly events: number; readonly unsigned: number; readonly digest: string; readonly isToldOf: boolean };

/** Reads on up to the id `upTo`; `judge` says of each event whether it is told of. */
type Reader = (upTo: number, judge: (event: SignedEvent) => boolean) => Promise<Page>;

async function readerOf(db: RawDb, walk: Walk, { onProgress }: Verifying): Promise<Reader> {
  const ends = await findEnds(db);
  const [first, last] = [Math.max(walk.lastId, ends?.first ?? 0), ends?.last ?? 0];
  let [page, at]: [readonly SignedEvent[], number] = [[], 0];
  const turn = async () => {
    page = await listSignedEvents(db, { after: walk.lastId, upTo: last, limit: auditRules.page });
    at = 0;
    onProgress?.(Math.max(0, walk.lastId - first) / Math.max(1, last - first));
  };
  return async (upTo, judge) => {
    const digest = runningDigest();
    let [events, unsigned, isToldOf] = [0, 0, false];
    for (;;) {
      if (at === page.length) await turn();
      const event = page[at];
      if (event === undefined || event.id > upTo) return { events, unsigned, digest: digest.text(), isToldOf };
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

/** One seal, and its events. Behind one that is gone nobody can say which events were whose: then that alone is told. */
async function judgeSeal(walk: Walk, seal: Seal, read: Reader): Promise<void> {
  const expected = (walk.newest?.number ?? 0) + 1;
  if (seal.number === 1) walk.adoptedUntil = later(seal.madeAt, auditRules.adopting);
  const page = await read(seal.lastId, (event) => judgeEvent(walk, event, seal.madeAt));
  if (seal.number !== expected && walk.seals === 0 && walk.newest === null)
    tell(walk, { kind: "beginning.missing", seal: seal.number });
  else if (seal.number !== expected) tell(walk, { kind: "seal.missing", seal: expected });
  else if (!isNextOf(seal, walk.newest)) tell(walk, { kind: "seal.changed", seal: seal.number });
  else judgeStretch(walk, seal, page);
  walk.seals += 1;
  walk.lastId = Math.max(walk.lastId, seal.lastId);
  walk.newest = { number: seal.number, mac: seal.mac };
}

function judgeStretch(walk: Walk, seal: Seal, { events, digest, isToldOf }: Page): void {
  if (events === seal.events && (digest === seal.digest || isToldOf)) return;
  const kind = events < seal.events ? "events.missing" : events > seal.events ? "events.added" : "events.exchanged";
  const count = Math.abs(events - seal.events) || events;
  tell(walk, { kind, seal: seal.number, count, from: seal.firstAt.toISOString(), to: seal.lastAt.toISOString() });
}

/** `sealedAt`: when its seal was made. Out: whether it is told of. */
function judgeEvent(walk: Walk, { id, text, mac }: SignedEvent, sealedAt: Date): boolean {
  const isAdopted = mac === null && !isOver(walk.adoptedUntil, sealedAt);
  if (isAdopted) walk.adopted += 1;
  if (isAdopted || (mac !== null && isEventMac(mac, text))) return false;
  const [, moment, name]: readonly unknown[] = JSON.parse(text);
  const at = new Date(Number(moment)).toISOString();
  tell(walk, { kind: mac === null ? "event.unsigned" : "event.changed", id, at, name: String(name) });
  return true;
}

/** What came after the newest seal. Where there is none yet, nobody can tell what was there before. */
async function judgeRest(walk: Walk, { now, isPortalLiving }: Verifying, read: Reader): Promise<void> {
  if (walk.newest === null) walk.adoptedUntil = later(now, auditRules.adopting);
  let oldest: number | null = null;
  const { events } = await read(Number.MAX_SAFE_INTEGER, (event) => {
    oldest ??= momentOf(event);
    return judgeEvent(walk, event, now);
  });
  walk.waiting = events;
  if (oldest === null || !isPortalLiving) return;
  const since = new Date(oldest);
  if (between(since, now) > auditRules.stopped) tell(walk, { kind: "sealing.stopped", since: since.toISOString() });
}

function tell(walk: Walk, finding: Finding): void {
  walk.found += 1;
  if (walk.findings.length < auditRules.findings) walk.findings.push(finding);
}
