import { config } from "@/lib/config/config";
import { showEmail } from "@/lib/kernel/email-address";
import { DomainError } from "@/lib/kernel/errors";
import { late } from "@/lib/kernel/late";
import { passwordLength } from "@/lib/kernel/password-length";
import { policy } from "@/lib/policy/policy";
import { type Demanded, demandOn } from "@/lib/policy/second-factor";
import { isOnlyNames } from "@/lib/users/only-names";

/** Who the password is for: their own names are poor secrets. */
export type PasswordOwner = Demanded & { readonly email: string; readonly username: string | null };

/**
 * The fewest characters for this person: fewer where a second factor is demanded now (NIST SP 800-63B-4, 3.1.1.2). A demand that codes by
 * e-mail satisfy asks for the long one: to NIST e-mail is no authenticator, so the password stands alone.
 */
export function minimumLength(owner: Demanded, now: Date): number {
  const { minimumWithFactor, minimumAlone } = policy.password;
  const { isDemanded, emailCounts } = demandOn(owner, config().secondFactor, now);
  return isDemanded && !emailCounts ? minimumWithFactor : minimumAlone;
}

/** No text of more characters comes down to the longest password. Sorting the marks of a longer one for NFKC would cost the square of their number. */
const longestTyped = 4 * policy.password.maximumBytes;

/**
 * Throws `password.too_short`, `password.too_long`, `password.only_names` or `password.too_common` (field `password`).
 * Length is counted in code points after NFKC; there are no composition rules. The list is the one of the zxcvbn-ts
 * project (some 50 000 leaked passwords), read only when a password is chosen; its estimator also knows repetition,
 * keyboard runs, and the names of the product and the person (ASVS 5.0, 6.2.4, 6.2.11).
 */
export async function checkNewPassword(password: string, owner: PasswordOwner, now: Date): Promise<void> {
  if (password.length > longestTyped) throw new DomainError("password.too_long", { field: "password" });
  const canonical = password.normalize("NFKC");
  const minimum = minimumLength(owner, now);
  if (passwordLength(canonical) < minimum)
    throw new DomainError("password.too_short", { field: "password", params: { minimum } });
  if (Buffer.byteLength(canonical) > policy.password.maximumBytes)
    throw new DomainError("password.too_long", { field: "password" });
  const names = contextWords(owner);
  if (isOnlyNames(canonical, names)) throw new DomainError("password.only_names", { field: "password" });
  if (await isGuessable(canonical, names)) throw new DomainError("password.too_common", { field: "password" });
}

function contextWords({ email, username }: PasswordOwner): string[] {
  const names = [
    email,
    email.split("@")[0],
    email.split("@")[1]?.split(".")[0],
    showEmail(email).split("@")[1]?.split(".")[0],
    username,
    config().brand.name,
    new URL(config().appUrl).hostname,
  ];
  return names
    .filter((name): name is string => typeof name === "string" && name.length > 1)
    .map((name) => name.toLowerCase());
}

/** Ten million guesses are minutes of work for whoever steals the hashes one day. */
const tooFewGuesses = 1e7;

async function isGuessable(password: string, words: string[]): Promise<boolean> {
  const head = Array.from(password).slice(0, 64).join(""); // the estimator's time grows with the square of the length
  return (await estimator()).check(head, words).guesses < tooFewGuesses;
}

/**
 * In how many ways signs are read back into letters (`p4$$w0rd`). With the library's 512, one password of 64 signs held this process for half a
 * second; nobody's password needs more than a few.
 */
const mostSpellings = 8;

/** Loaded when the first password is chosen: most processes only ever check them. */
const estimator = late(() =>
  Promise.all([import("@zxcvbn-ts/core"), import("@zxcvbn-ts/language-common")]).then(
    ([core, language]) =>
      new core.ZxcvbnFactory({
        dictionary: language.dictionary,
        graphs: language.adjacencyGraphs,
        l33tMaxSubstitutions: mostSpellings,
      }),
  ),
);
