"use client";

import { useRouter } from "next/navigation";
import { useEffect } from "react";
import { signalAccepted, signalDetails } from "@/components/factors/passkey/signals";
import type { FormAction } from "@/lib/kernel/form-state";

type Props = {
  readonly accepted: string;
  readonly details: string;
  /** The options of a passkey that may be made without a dialogue; null: none may. */
  readonly unasked: string | null;
  /** Where what was made is sent. */
  readonly keep: FormAction;
};

/**
 * Tells whatever keeps this person's passkeys which of them are still good, and what they are called by; and lets it make one where that is allowed. Shows nothing, whatever comes of it. What was
 * waited for ends with the page, before another one asks.
 */
export function TellKeepers({ accepted, details, unasked, keep }: Props) {
  const { refresh } = useRouter();
  useEffect(() => {
    signalAccepted(accepted);
    signalDetails(details);
  }, [accepted, details]);
  useEffect(() => {
    if (unasked === null) return;
    const ending = new AbortController();
    import("@/components/factors/passkey/make-unasked")
      .then(({ makeUnasked }) => makeUnasked({ options: unasked, keep, signal: ending.signal }))
      .then((isKept) => isKept && refresh()); // else an older list of this page would have it dropped
    return () => ending.abort();
  }, [unasked, keep, refresh]);
  return null;
}
