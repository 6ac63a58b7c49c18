import { recordEvent } from "@/lib/audit/record-event";
import { config } from "@/lib/config/config";
import { type Ctx, inTransaction } from "@/lib/context/context";
import { DomainError } from "@/lib/kernel/errors";
import { later } from "@/lib/kernel/duration";
import { policy } from "@/lib/policy/policy";
import { linkHash, newLinkToken } from "@/lib/setup/link";
import { replaceLink } from "@/lib/setup/store";
import { readEmail, readUsername } from "@/lib/users/contact-rules";
import { insertAccount } from "@/lib/users/store";

type Invitation = { readonly email: string; readonly username: string | null; readonly isAdmin: boolean; readonly by: string };

/**
 * Makes an account without a password and a link, good for a day and once, where its person sets one. The operator never learns it.
 * Throws `setup.bad_email`, `setup.bad_username`, `setup.taken`.
 */
export async function invitePerson(ctx: Ctx, { email, username, isAdmin, by }: Invitation): Promise<{ readonly userId: string; readonly link: string }> {
  const account = { id: ctx.random.id(), email: readEmail(email), username: username === null ? null : readUsername(username), isAdmin };
  return inTransaction(ctx, async (tx) => {
    if (!(await insertAccount(tx, account))) throw new DomainError("setup.taken", { field: "email" });
    await recordEvent(tx, { name: "account.created", result: "ok", subjectId: account.id, actorId: null, meta: { admin: isAdmin, by } });
    return { userId: account.id, link: await issueInvitation(tx, { userId: account.id, credentialVersion: 1, by }) };
  });
}

/** A new link for an account; the last one is void. */
export async function issueInvitation(tx: Ctx, invited: { readonly userId: string; readonly credentialVersion: number; readonly by: string }): Promise<string> {
  const token = newLinkToken(tx, "invitation");
  const { userId, credentialVersion, by } = invited;
  const expiresAt = later(tx.now, policy.link.invitation);
  await replaceLink(tx, { hash: linkHash(token, "invitation") ?? "", purpose: "invitation", userId, credentialVersion, expiresAt });
  await recordEvent(tx, { name: "invitation.created", result: "ok", subjectId: userId, actorId: null, meta: { by } });
  return `${config().appUrl}/welcome/${token}`;
}
