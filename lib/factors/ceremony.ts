import { macs } from "@/lib/crypto/digest";
import type { Factor } from "@/lib/factors/factor";
import type { Scene } from "@/lib/factors/strategy";
import type { FactorKind } from "@/lib/policy/traits";

type Step = { readonly kind: FactorKind; readonly held: readonly Factor[]; readonly scene: Scene };

/**
 * The challenges of a ceremony (WebAuthn), which a step must prepare before it can be answered, the newest first: options are made with that, and an answer to any of them is judged, so that one survives a
 * change of keys. No row remembers them: they are a MAC over the step (a challenge, or the one pending factor of `held`), so nobody can tell
 * them beforehand, another step has others, and what is good once is the step.
 */
export function challengesOf({ kind, held, scene }: Step): readonly string[] {
  const step = scene.purpose === "BIND" ? (held[0]?.id ?? "") : scene.challengeId;
  return macs("mac:ceremony", [step, scene.purpose, kind]);
}
