import type { Ctx } from "@/lib/context/context";
import { hashPassword, isOutdated, isPassword } from "@/lib/crypto/password-hash";
import { seal, unseal } from "@/lib/crypto/seal";
import { type SealedValue, tellShut } from "@/lib/crypto/tell-shut";
import { refreshPasswordHash } from "@/lib/users/password/store";

/** Under what a password's hash is sealed; key rotation asks too. */
export const passwordSealedFor = (userId: string) => ({ use: "enc:password", owner: [userId] }) as const;

/** An argon2id string, sealed for one account: a stolen table alone cannot be guessed at. */
export async function protectPassword(userId: string, password: string): Promise<string> {
  return sealHash(userId, await hashPassword(password));
}

/** The same of a password that was hashed before: a new one that waits lies sealed in the row of its change until then. */
export const sealHash = (userId: string, phc: string): string => seal(phc, passwordSealedFor(userId));

/** The argon2id string of one account in a sealed value; null when that was damaged or moved, and the operator is told. */
export function openHashOf(userId: string, value: SealedValue): string | null {
  const phc = unseal(value.sealed, passwordSealedFor(userId));
  if (phc === null) tellShut(value);
  return phc;
}

/**
 * True when the password is this account's. Without an account, or without a password, the same work is done and the answer is no.
 * Slow on purpose (argon2id): hold a place at the hashing gate. A right password under old costs is hashed anew on the way.
 */
export async function isAccountPassword(
  ctx: Ctx,
  account: {
    readonly id: string;
    readonly passwordHash: string | null;
    readonly closedPassword?: string | null;
  } | null,
  password: string,
): Promise<boolean> {
  const sealed = account?.passwordHash ?? null;
  const column = sealed === account?.closedPassword ? "users.closed_password" : "users.password_hash";
  const phc = account && sealed !== null ? openHashOf(account.id, { column, id: account.id, sealed }) : null;
  const right = await isPassword(phc, password);
  if (right && account && phc && sealed && isOutdated(phc))
    await refreshPasswordHash(ctx, account.id, sealed, await protectPassword(account.id, password));
  return right;
}
