import { encodeMfaToken } from "@/lib/auth/mfa-token";
import type { Pass } from "@/lib/challenge/challenge";
import { policy } from "@/lib/policy/policy";
import { putCookie } from "@/lib/web/cookie-jar";

/** The browser carries this pass from now on. `enrolling`: binding a factor takes longer than typing a code. */
export async function keepPass(pass: Pass, userId: string, { enrolling = false } = {}): Promise<void> {
  const { lifetime, enrolling: longer } = policy.challenge;
  const life = enrolling ? longer : lifetime;
  await putCookie("second-door", await encodeMfaToken(pass, userId, life), life);
}
