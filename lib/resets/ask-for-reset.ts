import type { Ctx } from "@/lib/context/context";
import { later } from "@/lib/kernel/duration";
import { DomainError } from "@/lib/kernel/errors";
import { formerIdentifier } from "@/lib/kernel/identifier";
import { canLeave, queueLetters } from "@/lib/letters/queue-letters";
import { noticeFacts } from "@/lib/notices/notice-facts";
import { policy } from "@/lib/policy/policy";
import { resetOrder } from "@/lib/resets/reset-order";
import { familyHash, readDeviceCookie } from "@/lib/sessions/devices/device-cookie";
import { consumingAddress } from "@/lib/throttle/consume-address";
import { loginIdentifier } from "@/lib/users/login-identifier";

type Asking = {
  /** E-mail, user name or phone, as typed. */
  readonly identifier: string;
  /** What the cookie of known devices holds, if there is one. */
  readonly deviceToken: string | null;
  /** The app that asks for a code; null: the pages ask for a link. */
  readonly app: string | null;
};

/**
 * Asks for a letter that leads to a new password. Known, unknown, disabled, never in: one sentence, the same work (ASVS 5.0, 6.3.8). One and the same row is
 * written for everybody, with the name sealed in it; whether somebody has that name is looked up by the outbox worker, when the answer is long out
 * (`sendResetLetter`). Throws `reset.no_letters` where no mail leaves, and `throttle.too_many`.
 */
export async function askForReset(ctx: Ctx, asking: Asking): Promise<void> {
  if (!canLeave("mail")) throw new DomainError("reset.no_letters");
  await consumingAddress(ctx, "forgot", () => queueOrder(ctx, asking));
}

async function queueOrder(ctx: Ctx, { identifier: typed, deviceToken, app }: Asking): Promise<void> {
  const identifier = loginIdentifier(typed);
  const devices = readDeviceCookie(deviceToken).map(familyHash);
  const order = resetOrder({ identifier, former: formerIdentifier(typed), devices, app, ...noticeFacts(ctx) });
  const notBefore = later(ctx.now, policy.reset.later);
  const expiresAt = later(ctx.now, policy.link.reset);
  const envelope = { userId: null, channel: "mail", to: identifier, language: ctx.language, urgent: true } as const;
  await queueLetters(ctx, [{ ...envelope, notBefore, expiresAt, ...order }]);
}
