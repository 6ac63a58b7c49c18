import { AuthError } from "next-auth";
import { nextAuthFor } from "@/lib/auth/next-auth";
import type { Pass } from "@/lib/challenge/challenge";
import { claimLogin, type Kept, type Opened } from "@/lib/challenge/claim-login";
import type { Ctx } from "@/lib/context/context";

/**
 * Satisfied challenge → next-auth's sign-in, in process → session row and cookie. Called inside a server action. `kept`: what this browser
 * has had until now; its session ends with it.
 * Out: what was opened, or null when the challenge cannot be claimed (again, too late, or the account has moved): then there is no session.
 */
export async function finishLogin(ctx: Ctx, pass: Pass, kept: Kept): Promise<Opened | null> {
  const claimed: { opened: Opened | null } = { opened: null };
  const { signIn } = nextAuthFor(async (challenge) => {
    if (challenge !== pass.challengeId) return null;
    claimed.opened = await claimLogin(ctx, pass, kept);
    return claimed.opened;
  });
  try {
    await signIn("mfa", { challenge: pass.challengeId, redirect: false, redirectTo: "/security" });
  } catch (error) {
    if (error instanceof AuthError && error.type === "CredentialsSignin") return null;
    throw error;
  }
  return claimed.opened;
}
