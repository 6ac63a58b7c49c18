/** Requests that run at once may be counted in another order than that of their instants; by so many milliseconds at most. */
const disorder = 1000;

/**
 * How full the fullest window must have been: windows of this length follow one another, begin when they like (a refused request may begin
 * one) but not before `opens`, and hold all the times. Milliseconds, `times` in ascending order. Out: the least count that is possible.
 */
export function mostInWindow(times: readonly number[], window: number, opens: number): number {
  let limit = times.length === 0 ? 0 : 1;
  while (!fits(times, limit, window, opens)) limit += 1;
  return limit;
}

/** `begins[count]`: the earliest begin of the window that holds the last of the first `count` times, when none holds more than `limit`. */
function fits(times: readonly number[], limit: number, window: number, opens: number): boolean {
  const begins = [opens - window];
  for (const [last, time] of times.entries()) {
    let earliest = Number.POSITIVE_INFINITY;
    for (let first = last; first >= 0 && last - first < limit; first -= 1) {
      const begin = Math.max((begins[first] ?? 0) + window, time - window + 1);
      if (begin <= (times[first] ?? 0) + disorder) earliest = Math.min(earliest, begin);
    }
    begins.push(earliest);
  }
  return begins.at(-1) !== Number.POSITIVE_INFINITY;
}

/** The least time between two of these, in milliseconds; infinite for fewer than two. */
export const leastGap = (times: readonly number[]): number =>
  Math.min(...times.slice(1).map((time, before) => time - (times[before] ?? 0)));
