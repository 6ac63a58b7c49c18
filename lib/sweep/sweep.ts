import type { RawCtx } from "@/lib/context/context";
import { sweepers } from "@/lib/sweep/store";

/** How many small batches of one kind a sweep takes before it lets others work. */
const batches = 20;

/**
 * Deletes what is over: abandoned challenges, ended sessions, links, devices and enrolments, counters of strangers, old keys, letters and events. In small
 * batches, so that nobody waits for it; several portals may sweep at once. Nothing that still bounds guessing ever goes.
 * Out: how many rows went, by kind.
 */
export async function sweep(ctx: RawCtx): Promise<Readonly<Record<keyof typeof sweepers, number>>> {
  const gone = { ...nothing };
  for (const kind of kinds) {
    for (let round = 0; round < batches; round += 1) {
      const deleted = await sweepers[kind](ctx);
      gone[kind] += deleted;
      if (deleted === 0) break;
    }
  }
  return gone;
}

const nothing = {
  challenges: 0,
  sessions: 0,
  links: 0,
  devices: 0,
  enrolments: 0,
  handedOutCodes: 0,
  counters: 0,
  passwordKeys: 0,
  letters: 0,
  letterContents: 0,
  events: 0,
} satisfies Readonly<Record<keyof typeof sweepers, number>>;

const kinds = [
  "challenges",
  "sessions",
  "links",
  "devices",
  "enrolments",
  "handedOutCodes",
  "counters",
  "passwordKeys",
  "letters",
  "letterContents",
  "events",
] as const satisfies readonly (keyof typeof sweepers)[];
