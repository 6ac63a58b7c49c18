import type { Carry, Channel, Outcome } from "@/lib/delivery/channel";
import { afterCall, type Circuit, freshCircuit, knock } from "@/lib/delivery/circuit";
import { codeOf } from "@/lib/delivery/reason";
import { withTimeout } from "@/lib/delivery/with-timeout";
import { ensure } from "@/lib/kernel/assert";
import type { Clock } from "@/lib/kernel/clock";
import { seconds } from "@/lib/kernel/duration";

/** No provider is waited for longer. */
const patience = seconds(5);

type Guarded<M> = {
  readonly fingerprint: string;
  readonly carry: Carry<M>;
  readonly clock: Clock;
  /** What no reason may repeat, whatever a provider echoes. */
  readonly secrets?: readonly string[];
};

/** Puts time limit and circuit around the bare way to a provider: what comes out never throws and never hangs. */
export function guarded<M>({ fingerprint, carry, clock, secrets = [] }: Guarded<M>): Channel<M> {
  let circuit: Circuit = freshCircuit;
  return {
    fingerprint,
    send: async (message, key) => {
      ensure(/^[\w-]{1,128}$/.test(key), "a letter's id can stand in a header");
      const { refused, circuit: next } = knock(circuit, clock.now());
      circuit = next;
      if (refused) return refused;
      const outcome = await withTimeout(patience, (signal) =>
        carry(message, key, signal).catch((fault: unknown) => ({
          kind: "later",
          reason: `The channel failed (${codeOf(fault)}).`,
        })),
      );
      circuit = afterCall(circuit, outcome, clock.now());
      return without(secrets, outcome);
    },
  };
}

function without(secrets: readonly string[], outcome: Outcome): Outcome {
  if (outcome.kind === "sent") return outcome;
  const reason = secrets.filter(Boolean).reduce((text, secret) => text.replaceAll(secret, "…"), outcome.reason);
  return { ...outcome, reason };
}
