import { recordEvent } from "@/lib/audit/record-event";
import { type Started, startLogin } from "@/lib/challenge/start-login";
import { type Ctx, inTransaction } from "@/lib/context/context";
import { DomainError } from "@/lib/kernel/errors";
import { normaliseIdentifier } from "@/lib/kernel/identifier";
import { linkHash } from "@/lib/links/link";
import { recordingRefusal } from "@/lib/links/record-refused-link";
import { findLink, spendLink } from "@/lib/links/store";
import { hasHadAdministrator } from "@/lib/setup/store";
import { consumingLink } from "@/lib/throttle/consume-address";
import { takeTurn } from "@/lib/turns/store";
import { readEmail, readUsername } from "@/lib/users/contact-rules";
import { hashed } from "@/lib/users/hashed";
import { replacePassword } from "@/lib/users/password/store";
import { checkNewPassword } from "@/lib/users/password-rules";
import { insertAccount } from "@/lib/users/store";

type FirstRun = {
  readonly token: string;
  readonly email: string;
  readonly username: string;
  readonly password: string;
};

/** True while `token` may make the first administrator. */
export async function isSetupOpen(ctx: Ctx, token: unknown): Promise<boolean> {
  const hash = linkHash(token, "setup");
  return hash !== null && (await findLink(ctx, hash, "setup")) !== null && !(await hasHadAdministrator(ctx));
}

/**
 * Makes the first administrator and starts their login. The link is spent in the same transaction that makes the account.
 * Throws `setup.link_over`, `setup.bad_email`, `setup.bad_username`, `setup.taken`, `password.*`, `hash.busy`; then the link is still good.
 */
export function completeSetup(ctx: Ctx, firstRun: FirstRun): Promise<Started> {
  const posted = { token: firstRun.token, purpose: "setup" } as const;
  return recordingRefusal(ctx, posted, () => consumingLink(ctx, () => setUp(ctx, firstRun)));
}

async function setUp(ctx: Ctx, { token, email, username, password }: FirstRun): Promise<Started> {
  const hash = linkHash(token, "setup");
  if (hash === null || !(await findLink(ctx, hash, "setup"))) throw new DomainError("setup.link_over");
  const account = {
    id: ctx.random.id(),
    email: readEmail(email),
    username: normaliseIdentifier(username) === "" ? null : readUsername(username),
    isAdmin: true,
    policy: null,
  };
  await checkNewPassword(password, account, ctx.now);
  const passwordHash = await hashed(ctx, account.id, password);
  return inTransaction(ctx, async (tx) => {
    await takeTurn(tx, "setup"); // two links made at once would both be open, and two spent at once make two first administrators
    if (!(await spendLink(tx, hash, ["setup"])) || (await hasHadAdministrator(tx)))
      throw new DomainError("setup.link_over");
    if (!(await insertAccount(tx, account))) throw new DomainError("setup.taken", { field: "email" });
    await replacePassword(tx, { userId: account.id, passwordHash, from: 1 });
    await recordEvent(tx, { name: "setup.completed", subjectId: account.id });
    return startLogin(tx, {
      account: { ...account, credentialVersion: 2 },
      amr: ["pwd"],
      deviceId: null,
      returnTo: "/security", // a factor is bound on the way there, where one is demanded
    });
  });
}
