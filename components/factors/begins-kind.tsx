import type { ReactNode } from "react";
import { faces } from "@/components/factors/faces";
import type { Say } from "@/lib/messages/say";
import type { BoundKind } from "@/lib/policy/traits";

type Props = {
  readonly kind: BoundKind;
  readonly say: Say;
  /** The button. */
  readonly children: ReactNode;
};

/** What begins the set-up of a kind. For one that cannot be made without scripts, a browser that runs none has a sentence in its place: nobody begins what leads nowhere. */
export function BeginsKind({ kind, say, children }: Props) {
  const { withoutScripts } = faces[kind];
  if (withoutScripts === null) return children;
  return (
    <>
      <div className="noscript:hidden">{children}</div>
      <p className="hidden text-muted noscript:block">{say(withoutScripts)}</p>
    </>
  );
}
