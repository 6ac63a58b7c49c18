import type { Ctx } from "@/lib/context/context";
import { secretSealedFor } from "@/lib/crypto/factor-secret";
import { seal } from "@/lib/crypto/seal";
import { emailNumbers } from "@/lib/factors/email/numbers";
import type { Factor } from "@/lib/factors/factor";
import { sentCode } from "@/lib/factors/sent-code/strategy";
import { listActive, listActiveOfKind } from "@/lib/factors/store";
import { isChannelOn, isUsable } from "@/lib/factors/usable";
import { DomainError } from "@/lib/kernel/errors";
import { maskEmail } from "@/lib/kernel/mask";
import { addressKinds, channelOf } from "@/lib/policy/kinds";
import { readMailbox } from "@/lib/users/contact-rules";
import { noteConfirmedEmail } from "@/lib/users/contacts/note-confirmed-email";
import { findAccount } from "@/lib/users/store";

/** A code by e-mail: no out-of-band authenticator in NIST's sense (SP 800-63B-4, 3.1.3), so the weakest way, and off until the operator lists it. */
export const emailStrategy = sentCode({
  kind: "email",
  ...emailNumbers,
  malformed: "email.malformed",
  wrong: "email.wrong_code",
  readAddress,
  mask: maskEmail,
  notice: "email.notice",
  blockOf: () => null,
  held,
  proves: (tx, { userId, address: email }) => noteConfirmedEmail(tx, { userId, email, by: "code" }),
});

function readAddress(typed: string): string {
  const address = readMailbox(typed);
  if (address === null) throw new DomainError("email.address_malformed", { field: "destination" });
  return address;
}

async function held(ctx: Ctx, userId: string): Promise<readonly Factor[]> {
  const bound = isUsable("email") ? await listActiveOfKind(ctx, userId, "email") : [];
  if (bound.length > 0 || otherAddresses.some(isUsable) || !isChannelOn("mail")) return bound;
  return whileNoneCanBeReached(ctx, userId);
}

/** Kinds whose codes are sent somewhere else: to a number. */
const otherAddresses = addressKinds.filter((kind) => kind !== "email");

/** The operator has switched text messages off: whoever has bound nothing else gets a code at the account's own address. */
async function whileNoneCanBeReached(ctx: Ctx, userId: string): Promise<readonly Factor[]> {
  const active = await listActive(ctx, userId);
  const account =
    active.length > 0 && active.every(({ kind }) => channelOf(kind) !== null) ? await findAccount(ctx, userId) : null;
  const address = account ? readMailbox(account.email) : null;
  if (address === null) return [];
  const secret = seal(address, secretSealedFor(userId, userId));
  const empty = { handle: null, data: null, lastStep: null, lastUsedAt: null, expiresAt: null, replacesId: null };
  return [{ ...empty, id: userId, userId, kind: "email", label: "", secret, confirmedAt: ctx.now, createdAt: ctx.now }];
}
