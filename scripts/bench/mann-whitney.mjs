/** Mann and Whitney's U test, two-sided, by the normal approximation with its correction for ties. Out: z and the p-value. */
export function mannWhitney(some, others) {
  const all = [...some.map((ms) => ({ ms, mine: true })), ...others.map((ms) => ({ ms, mine: false }))];
  all.sort((a, b) => a.ms - b.ms);
  const [n, m, total] = [some.length, others.length, all.length];
  let [ranks, ties] = [0, 0];
  for (let start = 0, end = 0; start < total; start = end) {
    while (end < total && all[end].ms === all[start].ms) end += 1;
    const rank = (start + 1 + end) / 2; // equal ones share the mean of their places
    ranks += rank * all.slice(start, end).filter(({ mine }) => mine).length;
    ties += (end - start) ** 3 - (end - start);
  }
  const u = ranks - (n * (n + 1)) / 2;
  const z = (u - (n * m) / 2) / Math.sqrt(((n * m) / 12) * (total + 1 - ties / (total * (total - 1))));
  return { z, p: erfc(Math.abs(z) / Math.SQRT2) };
}

/** The complementary error function for x ≥ 0: Abramowitz and Stegun, 7.1.26, good to 1.5 · 10⁻⁷. */
function erfc(x) {
  const t = 1 / (1 + 0.3275911 * x);
  const factors = [1.061405429, -1.453152027, 1.421413741, -0.284496736, 0.254829592];
  return factors.reduce((sum, factor) => sum * t + factor, 0) * t * Math.exp(-x * x);
}
