import { recordEvent } from "@/lib/audit/record-event";
import { type Ctx, inTransaction } from "@/lib/context/context";
import { countActive } from "@/lib/factors/store";
import { DomainError } from "@/lib/kernel/errors";
import { issueInvitation } from "@/lib/links/issue-invitation";
import { readAccountPhone, readEmail, readUsername } from "@/lib/users/contact-rules";
import { findAccount, insertAccount, takeGuardRow } from "@/lib/users/store";

type Invitation = {
  readonly email: string;
  readonly username: string | null;
  readonly phone?: string | null;
  readonly isAdmin: boolean;
  readonly by: string;
};

/**
 * Makes an account without a password and a link, good for a day and once, where its person sets one. The operator never learns it.
 * Throws `setup.bad_email`, `setup.bad_username`, `account.bad_phone`, `setup.taken`.
 */
export async function invitePerson(
  ctx: Ctx,
  { email, username, phone = null, isAdmin, by }: Invitation,
): Promise<{ readonly userId: string; readonly link: string }> {
  const account = {
    id: ctx.random.id(),
    email: readEmail(email),
    username: username === null ? null : readUsername(username),
    phone: phone === null ? null : readAccountPhone(phone),
    isAdmin,
  };
  return inTransaction(ctx, async (tx) => {
    if (!(await insertAccount(tx, account))) throw new DomainError("setup.taken", { field: "email" });
    await recordEvent(tx, {
      name: "account.created",
      subjectId: account.id,
      actorId: null,
      meta: { admin: isAdmin, by },
    });
    return { userId: account.id, link: await issueInvitation(tx, { userId: account.id, credentialVersion: 1, by }) };
  });
}

/** `hasFactor`: the link lets them choose a password, and the login that follows still asks for their factor. */
export type InvitedAgain = { readonly userId: string; readonly link: string; readonly hasFactor: boolean };

/**
 * A new link for somebody whose link has expired or who lost their password; the last one is void, at once and however many
 * operators ask. Nothing else changes until it is used. Null: there is no such account, or it is disabled.
 */
export async function inviteAgain(
  ctx: Ctx,
  { userId, by }: { readonly userId: string; readonly by: string },
): Promise<InvitedAgain | null> {
  return inTransaction(ctx, async (tx) => {
    await takeGuardRow(tx, userId);
    const account = await findAccount(tx, userId);
    if (!account || account.disabledAt !== null) return null;
    const link = await issueInvitation(tx, { userId, credentialVersion: account.credentialVersion, by });
    return { userId, link, hasFactor: (await countActive(tx, userId)) > 0 };
  });
}
