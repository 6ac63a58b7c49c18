import type { ReactNode } from "react";
import { Drawing } from "@/components/ui/drawing";
import { attentionIcon, checkIcon, infoIcon } from "@/components/ui/icons";

export type StatusTone = "good" | "attention" | "neutral";

const looks: Record<StatusTone, { readonly colour: string; readonly icon: string }> = {
  good: { colour: "text-good", icon: checkIcon },
  attention: { colour: "text-warn", icon: attentionIcon },
  neutral: { colour: "text-muted", icon: infoIcon },
};

/** How things stand, in one sentence. The drawing differs with the tone, so colour does not speak alone. */
export function StatusLine({ tone, children }: { readonly tone: StatusTone; readonly children: ReactNode }) {
  const { colour, icon } = looks[tone];
  return (
    <p className="state">
      <span className={colour}>
        <Drawing path={icon} />
      </span>
      <span>{children}</span>
    </p>
  );
}
