import type { Shots } from "@/lib/testing/hostile/door";
import type { OwnPortal } from "@/lib/testing/hostile/own-portal";
import { isSlow, mostLonger } from "@/lib/testing/hostile/slow-again";
import { type Look, looksBeside, type Shot, type Waits, waitsOf } from "@/lib/testing/hostile/waiting";

/** Good and hostile bodies come by turns, so often: what else the machine does then falls on both. */
const turns = 10;

/** So many of the bodies beside which somebody waited too long are asked again, the slowest first. */
const mostSuspects = 5;

/** What one kind of bodies did: how long somebody else waited, and the longest time of work at one go. */
export type Toll = Waits & { readonly held: number | null };

/**
 * What was measured at one door. `suspects`: the hostile bodies beside which somebody waited too long; `slow`: the first of them that is slow again, or null.
 * Fine is a door without such a one, where the portal's thread did not work too long either; where it did, nothing is asked again.
 */
export type Comparison = {
  readonly good: Toll;
  readonly hostile: Toll;
  readonly suspects: readonly string[];
  readonly slow: string | null;
  readonly isFine: boolean;
};

/** Sends `count` good and `count` hostile bodies, by turns, and compares how long somebody else waited beside them. */
export async function compare(portal: OwnPortal, shots: Shots, count: number): Promise<Comparison> {
  for (const first of [shots.good, shots.hostile]) await looksBeside(portal, taken(endless(first), 20)); // the first of anything is slow
  const tallies = { good: emptyTally(), hostile: emptyTally() };
  const [goodOnes, hostileOnes] = [endless(shots.good), endless(shots.hostile)];
  for (let turn = 0; turn < turns; turn += 1) {
    await take(portal, taken(goodOnes, count / turns), tallies.good);
    await take(portal, taken(hostileOnes, count / turns), tallies.hostile);
  }
  const [good, hostile] = [tollOf(tallies.good), tollOf(tallies.hostile)];
  const suspects = suspectsAmong(tallies.hostile.looks, good.longest + mostLonger);
  const isFree = good.held === null || hostile.held === null || hostile.held <= good.held + mostLonger;
  const slow = isFree ? await slowAmong(portal, suspects, goodOnes) : null;
  return { good, hostile, suspects: suspects.map(({ name }) => name), slow, isFine: isFree && slow === null };
}

async function slowAmong(portal: OwnPortal, suspects: readonly Shot[], good: Endless): Promise<string | null> {
  for (const suspect of suspects) {
    const beside = (shots: Endless) => () => looksBeside(portal, taken(shots, 2));
    if (await isSlow(beside(endless([suspect])), beside(good))) return suspect.name;
  }
  return null;
}

type Tally = { readonly looks: Look[]; held: number | null };
const emptyTally = (): Tally => ({ looks: [], held: null });
const tollOf = ({ looks, held }: Tally): Toll => ({ ...waitsOf(looks), held });

async function take(portal: OwnPortal, shots: Iterable<Shot>, tally: Tally): Promise<void> {
  await portal.heldLongest(); // what was before is not theirs
  tally.looks.push(...(await looksBeside(portal, shots)));
  const held = await portal.heldLongest();
  if (held !== null) tally.held = Math.max(tally.held ?? 0, held);
}

/** The bodies beside which somebody waited longest, and longer than `most` milliseconds, each once, the slowest first. */
function suspectsAmong(looks: readonly Look[], most: number): readonly Shot[] {
  const slow = looks.filter(({ waited }) => waited > most).sort((one, other) => other.waited - one.waited);
  return [...new Map(slow.map(({ during }) => [during.name, during])).values()].slice(0, mostSuspects);
}

type Endless = Generator<Shot, never>;

/** The shots again and again. */
function* endless(shots: readonly Shot[]): Endless {
  if (shots.length === 0) throw new Error("There is nothing to send.");
  for (;;) yield* shots;
}

let visitors = 0;

/** So many of them, each from a network of its own: what a budget refuses would cost nothing. */
function* taken(shots: Endless, count: number): Iterable<Shot> {
  for (let sent = 0; sent < count; sent += 1) {
    const shot = shots.next().value;
    visitors += 1;
    const from = `10.${visitors & 255}.${(visitors >> 8) & 255}.${(visitors >> 16) & 255}`;
    yield { ...shot, headers: { "x-forwarded-for": from, ...shot.headers } };
  }
}
