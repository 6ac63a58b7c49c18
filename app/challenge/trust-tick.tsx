import { Tick } from "@/components/form/tick";
import type { Say } from "@/lib/messages/say";

/** The wish that no second step be asked in this browser for some days. */
export function TrustTick({ days, say }: { readonly days: number; readonly say: Say }) {
  return <Tick name="trust" label={say("challenge.trust_label", { days })} hint={say("challenge.trust_hint")} />;
}
