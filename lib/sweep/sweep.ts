import { sweepContactProofs, sweepEmailChanges } from "@/lib/account/contacts/store";
import { sweepPasswordKeys } from "@/lib/api/store";
import { sweepOldEvents, sweepOldSeals } from "@/lib/audit/seals/sweep-sealed";
import { sweepChallenges } from "@/lib/challenge/store";
import type { RawCtx } from "@/lib/context/context";
import { sweepHandedOut } from "@/lib/factors/recovery/store";
import { sweepCodes } from "@/lib/factors/sent-code/store";
import { sweepEnrolments } from "@/lib/factors/store";
import { sweepContents, sweepLetters } from "@/lib/letters/store";
import { sweepLinks } from "@/lib/links/store";
import { sweepSpentAnswers } from "@/lib/login/sign-in/store";
import { sweepNoticeAddresses } from "@/lib/notices/addresses/store";
import { sweepPortals } from "@/lib/portals/store";
import { sweepDevices } from "@/lib/sessions/devices/store";
import { sweepSessions } from "@/lib/sessions/store";
import { sweepCounters } from "@/lib/throttle/upkeep/store";
import { sweepUnlocks } from "@/lib/unlocks/store";
import { sweepChanges } from "@/lib/waiting/store";

/** How many rows a sweeper takes at once, and how many such batches of one kind before it lets others work. */
const [batch, batches] = [500, 20];

type Sweeper = (ctx: RawCtx, limit: number) => Promise<number>;

/** Each room sweeps its own rows; in this order. */
const sweepers = [
  ["challenges", sweepChallenges],
  ["sessions", sweepSessions],
  ["links", sweepLinks],
  ["codes", sweepCodes],
  ["unlocks", sweepUnlocks],
  ["spentAnswers", sweepSpentAnswers],
  ["devices", sweepDevices],
  ["noticeAddresses", sweepNoticeAddresses],
  ["contactProofs", sweepContactProofs],
  ["emailChanges", sweepEmailChanges],
  ["enrolments", sweepEnrolments],
  ["handedOutCodes", sweepHandedOut],
  ["counters", sweepCounters],
  ["passwordKeys", sweepPasswordKeys],
  ["letters", sweepLetters],
  ["letterContents", sweepContents],
  ["portals", sweepPortals],
  ["endedChanges", sweepChanges],
  ["events", sweepOldEvents],
  ["seals", sweepOldSeals],
] as const satisfies readonly (readonly [string, Sweeper])[];

type Kind = (typeof sweepers)[number][0];

/**
 * Deletes what is over: abandoned challenges, ended sessions, links, codes, devices, contacts and enrolments, counters of strangers, old keys, letters, dead portals, changes that waited, events and their seals. In small
 * batches, so that nobody waits for it; several portals may sweep at once. Nothing that still bounds guessing ever goes.
 * Out: how many rows went, by kind.
 */
export async function sweep(ctx: RawCtx): Promise<Readonly<Record<Kind, number>>> {
  const gone = {
    challenges: 0,
    sessions: 0,
    links: 0,
    codes: 0,
    unlocks: 0,
    spentAnswers: 0,
    devices: 0,
    noticeAddresses: 0,
    contactProofs: 0,
    emailChanges: 0,
    enrolments: 0,
    handedOutCodes: 0,
    counters: 0,
    passwordKeys: 0,
    letters: 0,
    letterContents: 0,
    portals: 0,
    endedChanges: 0,
    events: 0,
    seals: 0,
  } satisfies Record<Kind, number>;
  for (const [kind, sweeper] of sweepers) {
    for (let round = 0; round < batches; round += 1) {
      const deleted = await sweeper(ctx, batch);
      gone[kind] += deleted;
      if (deleted === 0) break;
    }
  }
  return gone;
}
