import type { Outcome } from "@/lib/delivery/channel";
import { between, later, seconds } from "@/lib/kernel/duration";

/** So many failures in a row, and a provider is left alone for a while: nobody waits five seconds for each letter. */
const failuresAtMost = 5;
const rest = seconds(30);

/** How a provider did of late. `restsUntil`: nobody calls before; then one call tries, until `trial` has come back. */
export type Circuit = { readonly failures: number; readonly restsUntil: Date | null; readonly trial: boolean };

export const freshCircuit: Circuit = { failures: 0, restsUntil: null, trial: false };

/**
 * May somebody call at `now`? With the circuit as it is afterwards: the first call after a rest is the trial, the others wait for it. A rest that seems to end later than any
 * began while this machine's clock was ahead, when no certificate was good: it is over.
 */
export function knock(circuit: Circuit, now: Date): { readonly refused: Outcome | null; readonly circuit: Circuit } {
  if (circuit.restsUntil === null) return { refused: null, circuit };
  const left = between(now, circuit.restsUntil);
  const isResting = left > 0 && left <= rest;
  if (!isResting && !circuit.trial) return { refused: null, circuit: { ...circuit, trial: true } };
  const reason = "The last calls failed, so the provider is left alone for a moment.";
  const refused: Outcome = isResting
    ? { kind: "later", reason, retryAfter: left, untried: true }
    : { kind: "later", reason, untried: true };
  return { refused, circuit };
}

/**
 * The circuit after a call came back at `now`. An answer about one letter proves that the provider lives: otherwise a stranger with five
 * addresses that nobody can deliver to could stop everybody's codes.
 */
export function afterCall(circuit: Circuit, outcome: Outcome, now: Date): Circuit {
  if (outcome.kind !== "later" || outcome.isAboutThisOne === true) return freshCircuit;
  const failures = circuit.failures + 1;
  return failures < failuresAtMost
    ? { ...circuit, failures }
    : { failures, restsUntil: later(now, rest), trial: false };
}
