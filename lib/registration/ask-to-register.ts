import { recordEvent } from "@/lib/audit/record-event";
import { config } from "@/lib/config/config";
import { type Ctx, inShortTransaction, type RawCtx } from "@/lib/context/context";
import { handleOfMailbox } from "@/lib/factors/email/handle";
import { later } from "@/lib/kernel/duration";
import { DomainError } from "@/lib/kernel/errors";
import { formerIdentifier } from "@/lib/kernel/identifier";
import { unlessOurFault } from "@/lib/kernel/our-fault";
import { registerLink } from "@/lib/letters/kinds/register-link";
import { registerTaken } from "@/lib/letters/kinds/register-taken";
import { queueLetters } from "@/lib/letters/queue-letters";
import { newRegistrationLink } from "@/lib/links/registration-link";
import { noticeBudget } from "@/lib/notices/notice-budget";
import { noticeFacts } from "@/lib/notices/notice-facts";
import { languageOf } from "@/lib/notices/reader";
import { policy } from "@/lib/policy/policy";
import { findHolder } from "@/lib/registration/store";
import { consumingAddress } from "@/lib/throttle/consume-address";
import { consumeClaimed } from "@/lib/throttle/consume-claimed";
import { type ConsumedSend, refundSend } from "@/lib/throttle/consume-send";
import { readEmail } from "@/lib/users/contact-rules";

/**
 * The beginning of a registration (self-registration, sign-up): somebody says that an address is theirs. Whoever reads that mailbox gets a letter, with the link behind which the account is
 * made, or, where there is one already, with the way to log in. Whoever asks learns nothing: the same budgets, the same rows, one answer, so that it
 * is no way to find out who has an account (ASVS 5.0, 6.3.8). An address that has had its letters gets none, and that is not told either.
 * Throws `register.closed`, `setup.bad_email`, `throttle.too_many`, `throttle.no_letters`.
 */
export async function askToRegister(ctx: Ctx, { email: typed }: { readonly email: string }): Promise<void> {
  if (config().registration !== "open") throw new DomainError("register.closed");
  const email = readEmail(typed);
  await consumingAddress(ctx, "register", () => answer(ctx, { email, former: formerIdentifier(typed) }));
}

type Claimed = { readonly email: string; readonly former: string };

async function answer(ctx: Ctx, claimed: Claimed): Promise<void> {
  const consumed = await consumeLetter(ctx, claimed.email);
  if (consumed === null) return;
  await unlessOurFault(
    () => refundSend(ctx, consumed),
    async () => {
      await noticeBudget(ctx, "mail");
      await inShortTransaction(ctx, (tx) => answerByLetter(tx, claimed));
    },
  );
}

/** Consumed or refused: whoever can do something about a spent budget must hear of it. */
async function consumeLetter(ctx: Ctx, email: string): Promise<ConsumedSend | null> {
  try {
    return await consumeClaimed(ctx, { channel: "mail", address: handleOfMailbox(email) });
  } catch (refusal) {
    await noticeBudget(ctx, "mail");
    throw refusal;
  }
}

/** The link's row is written for a taken address too, under a token that nobody is told. The letter is nobody's account's: it is the mailbox that is written to. */
async function answerByLetter(tx: RawCtx, { email, former }: Claimed) {
  const link = await newRegistrationLink(tx, email);
  const holder = await findHolder(tx, { identifier: email, former });
  const expiresAt = later(tx.now, policy.link.registration);
  const envelope = { userId: null, channel: "mail", urgent: true, expiresAt } as const;
  const letter =
    holder === null
      ? { to: email, language: tx.language, ...registerLink.telling({ link, ...noticeFacts(tx) }) }
      : { to: holder.email, language: languageOf(holder), ...registerTaken.telling(noticeFacts(tx)) };
  await queueLetters(tx, [{ ...envelope, ...letter }]);
  await recordEvent(tx, { name: "registration.asked", subjectId: holder?.userId ?? null, actorId: null });
}
