import type { Ctx } from "@/lib/context/context";
import { mac, macs, sameText } from "@/lib/crypto/digest";
import { insertCode, listLiveCodes } from "@/lib/factors/sent-code/store";
import { policy } from "@/lib/policy/policy";
import { findPasswordDate } from "@/lib/users/password/store";
import type { Account } from "@/lib/users/user";

/** Part of every look-up: a code is good through the app that asked for it. */
export const resetPurpose = (app: string): string => `reset:${app}`;

/** A code for this account's mailbox, good through one app, once. Like a link it dies with the password, also when that is closed, and with the address under which it was made: all of it is in its hash. */
export async function newResetCode(tx: Ctx, account: Account, app: string): Promise<string> {
  const [id, code] = [tx.random.id(), tx.random.digits(policy.reset.codeDigits)];
  const purpose = resetPurpose(app);
  const hash = mac("mac:otp", [id, await stepOf(tx, account), purpose, code]);
  const whose = { userId: account.id, challengeId: null, factorId: null };
  await insertCode(tx, { id, hash, purpose, lifetime: policy.reset.codeLifetime, ...whose });
  return code;
}

/** The live code of this account that was typed, by its id; null: none is. Every one is compared, so that the time tells nothing of which. */
export async function findResetCode(
  ctx: Ctx,
  account: Account | null,
  { app, code }: { readonly app: string; readonly code: string },
): Promise<string | null> {
  const purpose = resetPurpose(app);
  const step = await stepOf(ctx, account ?? nobody);
  const codes = await listLiveCodes(ctx, { purpose, userId: account?.id ?? nobody.id, challengeId: null });
  const isRight = (id: string, hash: string) =>
    macs("mac:otp", [id, step, purpose, code]).filter((one) => sameText(hash, one)).length > 0;
  const [match] = codes.filter(({ id, hash }) => isRight(id, hash));
  return match?.id ?? null;
}

const nobody = { id: "", email: "", passwordClosedAt: null } as const;

type Mailed = Pick<Account, "id" | "email" | "passwordClosedAt">;

/** The password under which a code is made: when it was chosen, and when it was closed, if it was. */
async function stepOf(ctx: Ctx, { id, email, passwordClosedAt: closedAt }: Mailed): Promise<string> {
  const chosen = ["reset", email, (await findPasswordDate(ctx, id))?.toISOString() ?? ""];
  return [...chosen, ...(closedAt === null ? [] : [closedAt.toISOString()])].join(" ");
}
