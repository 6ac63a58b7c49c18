import { encodeMfaToken } from "@/lib/auth/mfa-token";
import type { Pass } from "@/lib/challenge/challenge";
import { milliseconds } from "@/lib/kernel/duration";
import { policy } from "@/lib/policy/policy";
import { putCookie } from "@/lib/web/cookie-jar";

/**
 * The browser carries this pass from now on, longer than the challenge can be answered: the row ends that, and whoever comes too late is told
 * that the time was over. `enrolling`: binding a factor takes longer than typing a code.
 */
export async function keepPass(pass: Pass, userId: string, { enrolling = false } = {}): Promise<void> {
  const { lifetime, enrolling: longer, toldFor } = policy.challenge;
  const life = milliseconds((enrolling ? longer : lifetime) + toldFor);
  await putCookie("second-door", await encodeMfaToken(pass, userId, life), life);
}
