import * as z from "zod";
import type { Ctx } from "@/lib/context/context";
import { sha256 } from "@/lib/crypto/digest";
import { later } from "@/lib/kernel/duration";
import { DomainError } from "@/lib/kernel/errors";
import { formerIdentifier } from "@/lib/kernel/identifier";
import { canLeave, queueLetters } from "@/lib/letters/queue-letters";
import { noticeFacts } from "@/lib/notices/notice-facts";
import { policy } from "@/lib/policy/policy";
import { consumingAddress } from "@/lib/throttle/consume-address";
import { newUnlockToken } from "@/lib/unlocks/token";
import { loginIdentifier } from "@/lib/users/login-identifier";

/** As rows have it, for ever. */
export const unlockOrderKind = "unlock.asked";

const shape = z.strictObject({
  identifier: z.string(),
  former: z.string(),
  /** The browser that asked, by the hash of its token. */
  waits: z.string(),
  at: z.iso.datetime(),
  ip: z.string(),
  agent: z.string(),
});

/** Such an order as it comes back from the database; null for a damaged one. */
export const readUnlockOrder = (facts: unknown) => shape.safeParse(facts).data ?? null;

/**
 * Asks for a letter that lets this browser try the password although strangers keep its counter waiting. Like a forgotten password: one row and one answer for every
 * name, and the outbox worker looks who it is (`sendUnlockLetter`). Out: the token by which this browser waits.
 * Throws `unlock.no_letters` where no mail leaves, and `throttle.too_many`.
 */
export async function askForUnlock(ctx: Ctx, { identifier }: { readonly identifier: string }): Promise<string> {
  if (!canLeave("mail")) throw new DomainError("unlock.no_letters");
  return consumingAddress(ctx, "forgot", () => queueOrder(ctx, identifier));
}

async function queueOrder(ctx: Ctx, typed: string): Promise<string> {
  const token = newUnlockToken(ctx, "unw_");
  const identifier = loginIdentifier(typed);
  const facts = { identifier, former: formerIdentifier(typed), waits: sha256(token), ...noticeFacts(ctx) };
  const notBefore = later(ctx.now, policy.reset.later);
  const expiresAt = later(ctx.now, policy.unlock.letter);
  const envelope = { userId: null, channel: "mail", to: identifier, language: ctx.language, urgent: true } as const;
  await queueLetters(ctx, [{ ...envelope, notBefore, expiresAt, kind: unlockOrderKind, facts }]);
  return token;
}
