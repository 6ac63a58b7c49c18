import type { RawCtx } from "@/lib/context/context";
import { showEmail } from "@/lib/kernel/email-address";
import type { FactsOf } from "@/lib/letters/facts";
import { canLeave, postLetters } from "@/lib/letters/post-letter";
import { noticeFacts } from "@/lib/notices/notice-facts";
import { toAccount } from "@/lib/notices/reader";
import { listAdministrators } from "@/lib/notices/store";

/**
 * Tells every administrator how far a day's budget is used up. SQL only; nothing while mail is off, and never by text message: that is what
 * may be spent.
 */
export async function tellOfBudget(tx: RawCtx, facts: FactsOf["budget.spent"]): Promise<void> {
  if (!canLeave("mail")) return;
  const administrators = await listAdministrators(tx, null);
  await postLetters(
    tx,
    administrators.map((administrator) => ({ ...toAccount(administrator), kind: "budget.spent", facts })),
  );
}

/** Whose account was contained, and how administrators know them: by their e-mail. */
export type ContainedPerson = { readonly userId: string; readonly email: string };

/**
 * Tells every other administrator that somebody pressed "this was not me". In the transaction of the containment; SQL only; nothing while
 * mail is off.
 */
export async function tellAdministrators(tx: RawCtx, { userId, email }: ContainedPerson): Promise<void> {
  if (!canLeave("mail")) return;
  const administrators = await listAdministrators(tx, userId);
  const facts = { ...noticeFacts(tx), who: showEmail(email), link: "" }; // there is no page about other people
  await postLetters(
    tx,
    administrators.map((administrator) => ({ ...toAccount(administrator), kind: "account.contained", facts })),
  );
}
