import type { RawCtx } from "@/lib/context/context";
import { canLeave, postLetters } from "@/lib/letters/post-letter";
import { noticeFacts } from "@/lib/notices/notice-facts";
import { toAccount } from "@/lib/notices/reader";
import { listAdministrators } from "@/lib/notices/store";

/** Whose account was contained, and how administrators know them: by their e-mail. */
export type ContainedPerson = { readonly userId: string; readonly email: string };

/**
 * Tells every other administrator that somebody pressed "this was not me". In the transaction of the containment; SQL only; nothing while
 * mail is off.
 */
export async function tellAdministrators(tx: RawCtx, { userId, email }: ContainedPerson): Promise<void> {
  if (!canLeave("mail")) return;
  const administrators = await listAdministrators(tx, userId);
  const facts = { ...noticeFacts(tx), who: email, link: "" }; // there is no page about other people
  await postLetters(
    tx,
    administrators.map((administrator) => ({ ...toAccount(administrator), kind: "account.contained", facts })),
  );
}
