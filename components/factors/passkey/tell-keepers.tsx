"use client";

import { useEffect } from "react";
import { signalAccepted, signalDetails } from "@/components/factors/passkey/signals";

type Props = { readonly accepted: string; readonly details: string };

/** Tells whatever keeps this person's passkeys which of them are still good, and what they are called by; shows nothing. */
export function TellKeepers({ accepted, details }: Props) {
  useEffect(() => {
    signalAccepted(accepted);
    signalDetails(details);
  }, [accepted, details]);
  return null;
}
