/** The middle one; of an even number the mean of the two in the middle; 0 of none. */
export function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const half = sorted.length / 2;
  if (sorted.length === 0) return 0;
  return sorted.length % 2 === 1 ? sorted[Math.floor(half)] : (sorted[half - 1] + sorted[half]) / 2;
}

/** The middle of what the rounds gave, with the least and the most. */
export const spreadOf = (values) => ({
  median: median(values),
  least: Math.min(...values),
  most: Math.max(...values),
});

/** Round by round what `some` is of `others`: both were measured one after the other, so that noise has hit both. */
export const ratios = (some, others) => some.slice(0, others.length).map((value, round) => value / others[round]);
