import { type Look, waitsOf } from "@/lib/testing/hostile/waiting";

/** Nobody may wait this much longer beside hostile bodies than beside good ones, in milliseconds, nor may the portal's thread work so much longer at one go. */
export const mostLonger = 50;

/** How often it is asked again. */
const rounds = 9;

type Round = () => Promise<readonly Look[]>;

/**
 * Is a body slow whenever it is sent? `suspect` and `good` send a few and look meanwhile; they come by turns. The longest wait among thousands is the
 * machine's as often as a body's, but what a body causes it causes each time: so the middle one of its longest waits counts.
 */
export async function isSlow(suspect: Round, good: Round): Promise<boolean> {
  const waits = { suspect: [] as number[], good: [] as number[] };
  for (let round = 0; round < rounds; round += 1) {
    waits.good.push(waitsOf(await good()).longest);
    waits.suspect.push(waitsOf(await suspect()).longest);
  }
  return middle(waits.suspect) > middle(waits.good) + mostLonger;
}

const middle = (waits: readonly number[]) => [...waits].sort((one, other) => one - other)[(waits.length - 1) / 2] ?? 0;
