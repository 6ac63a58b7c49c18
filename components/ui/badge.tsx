import type { ReactNode } from "react";

export type BadgeTone = "neutral" | "good" | "warning";

const looks: Record<BadgeTone, string> = {
  neutral: "border-line bg-soft text-muted",
  good: "border-good bg-good-soft text-good",
  warning: "border-warn bg-warn-soft text-warn",
};

/** A short word about the thing it stands beside. The word says it; the colour only repeats it. */
export function Badge({ tone = "neutral", children }: { readonly tone?: BadgeTone; readonly children: ReactNode }) {
  return (
    <span className={`inline-block rounded-full border px-2.5 py-0.5 text-sm font-medium ${looks[tone]}`}>
      {children}
    </span>
  );
}
