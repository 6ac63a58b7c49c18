/** The word of a list that is nearest to what was typed; the first of several. */
export function closest(typed, words) {
  let best = { word: "", far: Number.POSITIVE_INFINITY };
  for (const word of words) {
    if (Math.abs(typed.length - word.length) >= best.far) continue; // as many letters would have to come or go
    const far = distance(typed, word, best.far);
    if (far < best.far) best = { word, far };
  }
  return best.word;
}

/**
 * Optimal string alignment: insertions, deletions, replacements, and two neighbours that changed places. It ends early, with infinity, where
 * more than `most` are certain: of the next rows none can be smaller than the smaller of this one and the one before.
 */
export function distance(one, other, most = Number.POSITIVE_INFINITY) {
  let before = [];
  let above = Array.from({ length: other.length + 1 }, (_, column) => column);
  for (let row = 1; row <= one.length; row += 1) {
    const here = [row];
    for (let column = 1; column <= other.length; column += 1) {
      const isSame = one[row - 1] === other[column - 1];
      const isSwapped =
        row > 1 && column > 1 && one[row - 1] === other[column - 2] && one[row - 2] === other[column - 1];
      here[column] = Math.min(
        above[column] + 1,
        here[column - 1] + 1,
        above[column - 1] + (isSame ? 0 : 1),
        isSwapped ? before[column - 2] + 1 : Number.POSITIVE_INFINITY,
      );
    }
    if (Math.min(...above, ...here) > most) return Number.POSITIVE_INFINITY;
    [before, above] = [above, here];
  }
  return above[other.length];
}
