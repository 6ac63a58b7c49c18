/**
 * May this factor go? Pure. `left` is how many active factors would remain; recovery codes never count.
 * Where policy demands a factor, the last one stays.
 */
export function removalRule({
  left,
  mustHaveFactor,
}: {
  readonly left: number;
  readonly mustHaveFactor: boolean;
}): "allowed" | "last_one" {
  return left === 0 && mustHaveFactor ? "last_one" : "allowed";
}
