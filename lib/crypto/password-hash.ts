import { hash, verify } from "@node-rs/argon2";
import { systemRandom } from "@/lib/kernel/random";
import { withoutTrailing } from "@/lib/kernel/without-trailing";
import { policy } from "@/lib/policy/policy";

/** The library makes argon2id unless told otherwise; a test holds it to that. */
const options = { ...policy.password.argon2 };

/** NFKC, the one change that is made to what a person typed (NIST SP 800-63B-4, 3.1.1.2). */
const canonical = (password: string) => password.normalize("NFKC");

/** In: a password as typed. Out: an argon2id PHC string (RFC 9106). Slow on purpose: take a place first. */
export function hashPassword(password: string): Promise<string> {
  return hash(canonical(password), options);
}

/**
 * True when `password` is the one behind `phc`. Without a hash (no such account) the same work is done against a dummy,
 * so that the clock does not tell whether an account exists (ASVS 6.3.8).
 */
export async function isPassword(phc: string | null, password: string): Promise<boolean> {
  const right = await verify(phc ?? dummy, canonical(password));
  return right && phc !== null;
}

/** True when `phc` was made with other costs than today's. */
export function isOutdated(phc: string): boolean {
  const { memoryCost, timeCost, parallelism } = policy.password.argon2;
  return !phc.includes(`$m=${memoryCost},t=${timeCost},p=${parallelism}$`);
}

/** argon2id of a saved code under the salt of its set: one derivation per try, compared with up to ten stored ones. Base64url. */
export async function deriveWithSalt(text: string, salt: string): Promise<string> {
  return hash(text, { ...options, salt: Buffer.from(salt, "base64url") });
}

/**
 * Today's costs with a salt and a tag by chance: checking it is the same work, and no password has it. Nothing had to be hashed for it,
 * so the first login with an unknown name takes no longer than the next.
 */
const dummy = (() => {
  const { memoryCost, timeCost, parallelism } = policy.password.argon2;
  const byChance = (bytes: number) => withoutTrailing(systemRandom.bytes(bytes).toString("base64"), "=");
  return `$argon2id$v=19$m=${memoryCost},t=${timeCost},p=${parallelism}$${byChance(16)}$${byChance(32)}`;
})();
