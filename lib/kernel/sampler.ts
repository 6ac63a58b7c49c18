import { type Duration, isOver, later } from "@/lib/kernel/duration";

/** What is told of how many that were not, in the windows before. */
export type Sample = { readonly leftOut: number };

/** So many kinds are told apart at once; all others are one. */
const mostKinds = 1_000;

/**
 * For what strangers can cause as often as they like: of each kind the first `most` of every window are told, the others are counted, and the first of the
 * next window brings their number along. In: the kind, which may be a stranger's choice (an address), because what is kept is bounded, and now.
 * Out: null where it is not told. A window that was begun while the clock was ahead is none: it would keep what it is for silent until then.
 */
export function sampler({ most, every }: { readonly most: number; readonly every: Duration }) {
  const windows = new Map<string, { readonly ends: Date; told: number; leftOut: number }>();
  let sweptUntil = new Date(0);
  return (wanted: string, now: Date): Sample | null => {
    const lasts = (ends: Date) => !isOver(ends, now) && isOver(ends, later(now, every));
    if (windows.size >= mostKinds && !lasts(sweptUntil)) {
      for (const [kind, { ends }] of windows) if (!lasts(ends)) windows.delete(kind);
      sweptUntil = later(now, every); // once in a window: a flood of kinds must not cost a walk each
    }
    const kind = windows.size < mostKinds || windows.has(wanted) ? wanted : "";
    const before = windows.get(kind);
    if (before && lasts(before.ends)) {
      before.told += 1;
      if (before.told <= most) return { leftOut: 0 };
      before.leftOut += 1;
      return null;
    }
    windows.set(kind, { ends: later(now, every), told: 1, leftOut: 0 });
    return { leftOut: before?.leftOut ?? 0 };
  };
}
