import type { ReactNode } from "react";
import { Drawing } from "@/components/ui/drawing";
import { attentionIcon, checkIcon, infoIcon, stopIcon } from "@/components/ui/icons";

export type Tone = "error" | "warning" | "success" | "note";

const looks: Record<Tone, { readonly box: string; readonly icon: string }> = {
  error: { box: "border-danger bg-danger-soft text-danger", icon: stopIcon },
  warning: { box: "border-warn bg-warn-soft text-warn", icon: attentionIcon },
  success: { box: "border-good bg-good-soft text-good", icon: checkIcon },
  note: { box: "border-line bg-soft text-ink", icon: infoIcon },
};

/** A sentence that must be seen. Errors interrupt a screen reader, the rest waits its turn. Focusable by scripts. */
export function Alert({ tone, children }: { readonly tone: Tone; readonly children: ReactNode }) {
  const { box, icon } = looks[tone];
  const role = tone === "error" ? "alert" : tone === "note" ? "note" : "status";
  return (
    <div role={role} tabIndex={-1} className={`flex gap-3 rounded-control border px-4 py-3 ${box}`}>
      <span className="mt-0.5">
        <Drawing path={icon} />
      </span>
      <div className="min-w-0">{children}</div>
    </div>
  );
}
