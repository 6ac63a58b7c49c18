import { type Duration, isOver, later } from "@/lib/kernel/duration";

/** What is told of how many that were not, in the windows before. */
export type Sample = { readonly leftOut: number };

/**
 * For what strangers can cause as often as they like: of each kind the first `most` of every window are told, the others are counted, and the first of the
 * next window brings their number along. In: the kind, one of the code's own words, so that what is kept stays bounded, and now. Out: null where it is not told.
 */
export function sampler({ most, every }: { readonly most: number; readonly every: Duration }) {
  const windows = new Map<string, { readonly ends: Date; told: number; leftOut: number }>();
  return (kind: string, now: Date): Sample | null => {
    const before = windows.get(kind);
    if (before && !isOver(before.ends, now)) {
      before.told += 1;
      if (before.told <= most) return { leftOut: 0 };
      before.leftOut += 1;
      return null;
    }
    windows.set(kind, { ends: later(now, every), told: 1, leftOut: 0 });
    return { leftOut: before?.leftOut ?? 0 };
  };
}
