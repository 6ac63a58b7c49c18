import type { Shots } from "@/lib/testing/hostile/door";
import type { OwnPortal } from "@/lib/testing/hostile/own-portal";
import { type Look, looksBeside, type Shot, type Waits, waitsOf } from "@/lib/testing/hostile/waiting";

/** Nobody may wait this much longer beside hostile bodies than beside good ones, in milliseconds, nor may the portal's thread work so much longer at one go. */
const mostLonger = 50;

/** Good and hostile bodies come by turns, so often: what else the machine does then falls on both. */
const turns = 10;

/** What one kind of bodies did: how long somebody else waited, and the longest time of work at one go. */
export type Toll = Waits & { readonly held: number | null };

/** What was measured at one door. */
export type Comparison = { readonly good: Toll; readonly hostile: Toll; readonly isFine: boolean };

/** Sends `count` good and `count` hostile bodies, by turns, and compares how long somebody else waited beside them. */
export async function compare(portal: OwnPortal, shots: Shots, count: number): Promise<Comparison> {
  const [goodOnes, hostileOnes] = [endless(shots.good), endless(shots.hostile)];
  await looksBeside(portal, taken(goodOnes, 20)); // the first of anything is slow
  const [good, hostile] = [emptyToll(), emptyToll()];
  for (let turn = 0; turn < turns; turn += 1) {
    await take(portal, taken(goodOnes, count / turns), good);
    await take(portal, taken(hostileOnes, count / turns), hostile);
  }
  return verdictOn({ ...waitsOf(good.looks), held: good.held }, { ...waitsOf(hostile.looks), held: hostile.held });
}

type Tally = { readonly looks: Look[]; held: number | null };
const emptyToll = (): Tally => ({ looks: [], held: null });

async function take(portal: OwnPortal, shots: Iterable<Shot>, tally: Tally): Promise<void> {
  await portal.heldLongest(); // what was before is not theirs
  tally.looks.push(...(await looksBeside(portal, shots)));
  const held = await portal.heldLongest();
  if (held !== null) tally.held = Math.max(tally.held ?? 0, held);
}

function verdictOn(good: Toll, hostile: Toll): Comparison {
  const isFreed = good.held === null || hostile.held === null || hostile.held <= good.held + mostLonger;
  return { good, hostile, isFine: isFreed && hostile.longest <= good.longest + mostLonger };
}

/** The shots again and again. */
function* endless(shots: readonly Shot[]): Generator<Shot, never> {
  if (shots.length === 0) throw new Error("There is nothing to send.");
  for (;;) yield* shots;
}

let visitors = 0;

/** So many of them, each from a network of its own: what a budget refuses would cost nothing. */
function* taken(shots: Generator<Shot, never>, count: number): Iterable<Shot> {
  for (let sent = 0; sent < count; sent += 1) {
    const shot = shots.next().value;
    visitors += 1;
    const from = `10.${visitors & 255}.${(visitors >> 8) & 255}.${(visitors >> 16) & 255}`;
    yield { ...shot, headers: { "x-forwarded-for": from, ...shot.headers } };
  }
}
