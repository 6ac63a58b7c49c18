import { generateSync, verifySync } from "otplib";
import { totpNumbers } from "@/lib/factors/totp/numbers";
import { between, type Duration, inSeconds } from "@/lib/kernel/duration";

const period = inSeconds(totpNumbers.period);
const epochOf = (now: Date) => Math.floor(now.getTime() / 1000);

/** The RFC 6238 time step of a moment: whole periods of 30 s since 1970. */
export const stepAt = (now: Date): number => Math.floor(epochOf(now) / period);

/** The first moment of a time step. */
export const momentOf = (step: number): Date => new Date(step * period * 1000);

/** The code of a secret (base32) at a moment, six digits. For tests and the development cast. */
export const codeAt = (secret: string, now: Date): string =>
  generateSync({ secret, epoch: epochOf(now), period, digits: totpNumbers.digits });

/**
 * The step whose code this is, within `window` steps of now on either side, or null (RFC 6238, section 5.2).
 * In: a base32 secret and exactly six ASCII digits. The comparison takes the same time wherever the codes differ.
 */
export function matchStep(secret: string, code: string, now: Date, window: number): number | null {
  const result = verifySync({
    secret,
    token: code,
    epoch: epochOf(now),
    epochTolerance: window * period,
    period,
    digits: totpNumbers.digits,
  });
  return result.valid && "timeStep" in result ? result.timeStep : null;
}

/**
 * How far the clock behind a code is from ours: negative when it is behind; null when no moment within `reach` gives this code.
 * Only for an enrolment, where a right code at a wrong time is a clock to be set and nothing is protected yet.
 */
export function driftOf(secret: string, code: string, now: Date, reach: Duration): Duration | null {
  const steps = Math.ceil(reach / totpNumbers.period);
  const step = matchStep(secret, code, now, steps);
  if (step === null) return null;
  return between(now, new Date(now.getTime() + (step - stepAt(now)) * totpNumbers.period));
}
