import type { Challenge } from "@/lib/challenge/challenge";
import { config } from "@/lib/config/config";
import { clientTraits } from "@/lib/policy/clients";
import { demandOn } from "@/lib/policy/second-factor";
import type { FactorKind } from "@/lib/policy/traits";
import { mayTrust, trustKinds } from "@/lib/policy/trust";

/** With which proofs the browser of this login may be trusted; none where nothing is remembered of it, and where its person may not. */
export function kindsToTrust(challenge: Challenge, now: Date): readonly FactorKind[] {
  const { purpose, isShared, clientId, isAdmin } = challenge;
  if (purpose !== "LOGIN" || isShared || !clientTraits(clientId).remembersDevices) return [];
  const demand = demandOn(challenge, config().secondFactor, now);
  return trustKinds.filter((kind) => mayTrust({ isAdmin, demand }, kind, config().trust));
}
