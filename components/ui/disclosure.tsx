import type { ReactNode } from "react";
import { Drawing } from "@/components/ui/drawing";
import { nextIcon } from "@/components/ui/icons";

/** More, for those who want it. The browser opens it, with or without scripts. */
export function Disclosure({ summary, children }: { readonly summary: string; readonly children: ReactNode }) {
  return (
    <details className="group rounded-control border border-line">
      <summary className="flex min-h-11 cursor-pointer list-none items-center gap-2 rounded-control px-4 py-2 font-medium hover:bg-soft">
        <span className="group-open:rotate-90 motion-safe:transition-transform">
          <Drawing path={nextIcon} />
        </span>
        {summary}
      </summary>
      <div className="px-4 pt-1 pb-4">{children}</div>
    </details>
  );
}
