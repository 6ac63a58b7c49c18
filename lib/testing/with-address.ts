import type { Ctx } from "@/lib/context/context";
import { handleOf, secretSealedFor } from "@/lib/crypto/factor-secret";
import { seal } from "@/lib/crypto/seal";

/** Letters to both channels, as files of the development mailbox. Nothing carries them in tests: they stay rows. */
export const lettersOn = {
  MAIL_CHANNEL: "mailbox",
  SMS_CHANNEL: "mailbox",
  SMS_COUNTRIES: "GB",
  DEV_TOOLS: "true",
  SECOND_FACTOR: "off",
  SECOND_FACTOR_KINDS: "totp,sms,email",
} as const;

/** Gives a person a number or address that is bound, with the handle by which its like are found; no session ends. Out: its id and handle. */
export async function withAddress(ctx: Ctx, userId: string, kind: "sms" | "email", to: string) {
  const id = ctx.random.id();
  const handle = handleOf(kind, to);
  const secret = seal(to, secretSealedFor(userId, id));
  const { now: createdAt, now: confirmedAt } = ctx;
  await ctx.db.factor.create({
    data: { id, userId, kind, handle, secret, createdAt, confirmedAt, state: "ACTIVE", label: to },
  });
  return { factorId: id, handle };
}

/** A letter as it waits: what for, for whom and when, without its seals. */
export async function lettersOf(ctx: Ctx, userId: string) {
  return ctx.db.letter.findMany({
    where: { userId },
    orderBy: { seq: "asc" },
    select: {
      id: true,
      kind: true,
      channel: true,
      address: true,
      notBefore: true,
      repeats: true,
      destination: true,
      content: true,
      language: true,
    },
  });
}
