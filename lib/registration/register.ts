import { recordEvent } from "@/lib/audit/record-event";
import { type Started, startLogin } from "@/lib/challenge/start-login";
import { config } from "@/lib/config/config";
import { type Ctx, inTransaction, type RawCtx } from "@/lib/context/context";
import { DomainError } from "@/lib/kernel/errors";
import { recordingRefusal } from "@/lib/links/record-refused-link";
import { findRegistration, type OpenRegistration } from "@/lib/links/registration-link";
import { nameLink, spendLink } from "@/lib/links/store";
import { findHolder } from "@/lib/registration/store";
import { consumingLink } from "@/lib/throttle/consume-address";
import { hashed } from "@/lib/users/hashed";
import { replacePassword } from "@/lib/users/password/store";
import { checkNewPassword } from "@/lib/users/password-rules";
import { insertAccount } from "@/lib/users/store";

/** Whose account a link would make, while it is open and nobody has that address; null otherwise. A GET asks this and spends nothing. */
export async function readRegistration(ctx: Ctx, token: unknown): Promise<Pick<OpenRegistration, "email"> | null> {
  const found = await findOpen(ctx, token);
  return found && { email: found.email };
}

type Registering = { readonly token: string; readonly password: string };

/**
 * The end of a registration (self-registration): whoever received the link chooses a password, the account of that address is made, and its login starts, as policy asks. The link is
 * spent with it; earlier ones for the same address open nothing then.
 * Throws `setup.link_over`, `password.*`, `hash.busy`; then the link is still good, unless the address has an account by now.
 */
export function register(ctx: Ctx, registering: Registering): Promise<Started> {
  const posted = { token: registering.token, purpose: "registration" } as const;
  return recordingRefusal(ctx, posted, () => consumingLink(ctx, () => make(ctx, registering)));
}

async function make(ctx: Ctx, { token, password }: Registering): Promise<Started> {
  const found = await findOpen(ctx, token);
  if (!found) throw new DomainError("setup.link_over");
  const account = { id: ctx.random.id(), email: found.email, username: null, isAdmin: false, policy: null };
  await checkNewPassword(password, account, ctx.now);
  const passwordHash = await hashed(ctx, account.id, password);
  return inTransaction(ctx, async (tx) => {
    if (!(await spendLink(tx, found.hash, ["registration"]))) throw new DomainError("setup.link_over");
    if (!(await insertAccount(tx, { ...account, isEmailConfirmed: true }))) throw new DomainError("setup.link_over"); // another link for the same address was first
    await replacePassword(tx, { userId: account.id, passwordHash, from: 1 });
    await nameLink(tx, found.hash, account.id);
    await recordEvent(tx, { name: "registration.completed", subjectId: account.id });
    const made = { ...account, credentialVersion: 2 };
    return startLogin(tx, { account: made, amr: ["pwd"], deviceId: null, returnTo: "/security" });
  });
}

/** A portal that takes nobody in any more makes no accounts by the links that it sent before. */
async function findOpen(ctx: RawCtx, token: unknown): Promise<OpenRegistration | null> {
  if (config().registration !== "open") return null;
  const found = await findRegistration(ctx, token);
  if (found === null || (await findHolder(ctx, { identifier: found.email })) !== null) return null;
  return found;
}
