import type { BrowserContext } from "@playwright/test";
import { giveCookie } from "@/e2e/support/entry";
import type { House, Resident } from "@/e2e/support/house";
import { encodeMfaToken } from "@/lib/auth/mfa-token";
import { satisfyChallenge } from "@/lib/challenge/store";
import { later } from "@/lib/kernel/duration";
import { linkHash, newLinkToken } from "@/lib/links/link";
import { addResetLink } from "@/lib/links/store";
import { policy } from "@/lib/policy/policy";
import { addressMark } from "@/lib/resets/live-reset";
import { openReset } from "@/lib/resets/open-reset";

/** The link of a letter that nobody wrote, for what is only looked at. Out: its path. */
export async function resetPath({ ctx }: House, { userId, email }: Resident): Promise<string> {
  const token = newLinkToken(ctx, "reset");
  const hash = linkHash(token, "reset") ?? "";
  const expiresAt = later(ctx.now, policy.link.reset);
  await addResetLink(ctx, { hash, userId, sentTo: addressMark(email), expiresAt }, policy.reset.liveLinks);
  return `/reset-password/${token}`;
}

/** Brings somebody's browser to the new password without typing a code. */
export async function letChoose(house: House, context: BrowserContext, person: Resident): Promise<void> {
  const token = (await resetPath(house, person)).split("/").at(-1) ?? "";
  const { pass } = await openReset(house.ctx, { token, deviceToken: null });
  const until = later(house.ctx.now, policy.reset.chooseWithin);
  await satisfyChallenge(house.ctx, pass.challengeId, { state: "SATISFIED", kind: "totp", step: null, until });
  await giveCookie(house, context, "second-door", await encodeMfaToken(pass, person.userId));
}
