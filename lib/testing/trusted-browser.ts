import { claimLogin, type Opened } from "@/lib/challenge/claim-login";
import { satisfyChallenge } from "@/lib/challenge/store";
import type { Ctx } from "@/lib/context/context";
import { ensure } from "@/lib/kernel/assert";
import { logInWithPassword } from "@/lib/login/log-in-with-password";
import type { FactorKind } from "@/lib/policy/traits";
import type { TestPerson } from "@/lib/testing/test-context";

/** What one browser keeps of its known devices. */
export type Jar = { devices: string | null };

type Entering = {
  readonly jar: Jar;
  /** The person ticks that no second step be asked there. */
  readonly trusts?: boolean;
  /** The answer is lost on its way: the browser keeps what it had. */
  readonly isLost?: boolean;
  /** What they answer with at the second door. */
  readonly kind?: FactorKind;
};

/** One login in a browser: whether its second step was asked, and the session. It is answered without spending a code, with an authenticator app unless another kind is named. */
export async function enterIn(
  ctx: Ctx,
  { email: identifier, password }: Pick<TestPerson, "email" | "password">,
  { jar, trusts = false, isLost = false, kind = "totp" }: Entering,
): Promise<{ readonly isAsked: boolean; readonly opened: Opened }> {
  const { devices: deviceToken } = jar;
  const { pass, next } = await logInWithPassword(ctx, { identifier, password, deviceToken, returnTo: "/security" });
  const isAsked = next === "answer";
  if (isAsked) await satisfyChallenge(ctx, pass.challengeId, { state: "SATISFIED", kind, step: null });
  const opened = await claimLogin(ctx, pass, { session: null, deviceToken, trusts });
  ensure(opened, "whoever has passed every door is in");
  if (!isLost) jar.devices = opened.deviceToken ?? jar.devices;
  return { isAsked, opened };
}
