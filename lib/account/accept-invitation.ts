import { type Started, startLogin } from "@/lib/challenge/start-login";
import { type Ctx, inTransaction } from "@/lib/context/context";
import { DomainError } from "@/lib/kernel/errors";
import { linkHash } from "@/lib/links/link";
import { recordingRefusal } from "@/lib/links/record-refused-link";
import { findLink, spendLink } from "@/lib/links/store";
import { recordAndTell } from "@/lib/notices/record-and-tell";
import { consumingLink } from "@/lib/throttle/consume-address";
import { resetPasswordCounters } from "@/lib/throttle/reset-tries";
import { noteConfirmedEmail } from "@/lib/users/contacts/note-confirmed-email";
import { hashed } from "@/lib/users/hashed";
import { findPasswordDate, replacePassword } from "@/lib/users/password/store";
import { checkNewPassword } from "@/lib/users/password-rules";
import { findAccount } from "@/lib/users/store";
import type { Account } from "@/lib/users/user";
import { endWaiting } from "@/lib/waiting/end-waiting";

/** Whose invitation a link is, while it is open; null otherwise. A GET asks this and spends nothing. */
export async function readInvitation(
  ctx: Ctx,
  token: unknown,
): Promise<Pick<Account, "email" | "isAdmin" | "policy"> | null> {
  const found = await findInvited(ctx, token);
  if (!found) return null;
  const { email, isAdmin, policy } = found.account;
  return { email, isAdmin, policy };
}

type Acceptance = { readonly token: string; readonly password: string };

/**
 * The invited person sets their password; the link is spent with it, and their login starts (an account that has a factor is asked for it).
 * Throws `setup.link_over`, `password.*`, `hash.busy`; then the link is still good.
 */
export function acceptInvitation(ctx: Ctx, acceptance: Acceptance): Promise<Started> {
  const posted = { token: acceptance.token, purpose: "invitation" } as const;
  return recordingRefusal(ctx, posted, () => consumingLink(ctx, () => accept(ctx, acceptance)));
}

async function accept(ctx: Ctx, { token, password }: Acceptance): Promise<Started> {
  const found = await findInvited(ctx, token);
  if (!found) throw new DomainError("setup.link_over");
  const { hash, account } = found;
  await checkNewPassword(password, account, ctx.now);
  const isFirst = (await findPasswordDate(ctx, account.id)) === null;
  const passwordHash = await hashed(ctx, account.id, password);
  return inTransaction(ctx, async (tx) => {
    if (!(await spendLink(tx, hash, ["invitation"]))) throw new DomainError("setup.link_over");
    if (!(await replacePassword(tx, { userId: account.id, passwordHash, from: account.credentialVersion })))
      throw new DomainError("setup.link_over");
    await endWaiting(tx, account.id, { why: "password_changed" });
    await resetPasswordCounters(tx, account.id);
    await recordAndTell(tx, { event: { name: "invitation.accepted", subjectId: account.id }, isFirst });
    await noteConfirmedEmail(tx, { userId: account.id, email: account.email, by: "invitation" });
    const moved = { ...account, credentialVersion: account.credentialVersion + 1 };
    return startLogin(tx, { account: moved, amr: ["pwd"], deviceId: null, returnTo: "/security" });
  });
}

async function findInvited(
  ctx: Ctx,
  token: unknown,
): Promise<{ readonly hash: string; readonly account: Account } | null> {
  const hash = linkHash(token, "invitation");
  const link = hash === null ? null : await findLink(ctx, hash, "invitation");
  const account = link?.userId ? await findAccount(ctx, link.userId) : null;
  if (
    hash === null ||
    !link ||
    !account ||
    account.disabledAt !== null ||
    account.credentialVersion !== link.credentialVersion
  )
    return null;
  return { hash, account };
}
