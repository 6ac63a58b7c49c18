import { type Ctx, inTransaction } from "@/lib/context/context";
import { deriveWithSalt, hashPassword } from "@/lib/crypto/password-hash";
import { portalFormat } from "@/lib/factors/recovery/codes";
import { prepareSet, storeSet } from "@/lib/factors/recovery/new-set";
import { insertCodes, type NewCode, noteSaved } from "@/lib/factors/recovery/store";
import { strategies } from "@/lib/factors/registry";
import { activate, insertPending } from "@/lib/factors/store";
import type { Answer, Begun } from "@/lib/factors/strategy";
import { ensure } from "@/lib/kernel/assert";
import type { BoundKind } from "@/lib/policy/traits";
import { sealHash } from "@/lib/users/check-password";
import { confirmEmail } from "@/lib/users/contacts/store";
import { replacePassword } from "@/lib/users/password/store";
import { findAccount, insertAccount, raiseCredentialVersion, takeGuardRow } from "@/lib/users/store";

type Resident = {
  readonly email: string;
  readonly username: string | null;
  readonly isAdmin: boolean;
  readonly password: string;
};

/** Most people of tests have the same password, and a hash is twenty milliseconds of a processor: each is made once, and sealed for everybody of their own. */
const hashes = new Map<string, Promise<string>>();

function hashOnce(password: string): Promise<string> {
  const hash = hashes.get(password) ?? hashPassword(password);
  hashes.set(password, hash);
  return hash;
}

/**
 * Makes an account with a password, through the same stores as an invitation and its acceptance but without their
 * links, limits and login. Out: the account's id, or null when the e-mail or user name is taken; then nothing changed.
 */
export async function moveIn(ctx: Ctx, { password, ...person }: Resident): Promise<string | null> {
  const id = ctx.random.id();
  const passwordHash = sealHash(id, await hashOnce(password));
  return inTransaction(ctx, async (tx) => {
    if (!(await insertAccount(tx, { ...person, id }))) return null;
    ensure(await replacePassword(tx, { userId: id, passwordHash, from: 1 }), "the new account takes its password");
    await confirmEmail(tx, id, person.email);
    return id;
  });
}

type App = { readonly label: string; readonly secret?: string };

/** Binds an authenticator app with a secret of its own or the one given (base32). The security stamp rises; no code is spent. */
export function giveTotp(ctx: Ctx, userId: string, { label, secret }: App) {
  return giveFactor(ctx, { userId, kind: "totp", label, ...(secret === undefined ? {} : { begun: { secret } }) });
}

type Given = {
  readonly userId: string;
  readonly kind: BoundKind;
  readonly label: string;
  /** What a person would have typed to begin, an address for instance. */
  readonly given?: Answer;
  /** What beginning would have made of it; nothing is checked then. */
  readonly begun?: Begun;
};

/** Binds a factor of any kind as it was given. The security stamp rises; no code is sent or spent. */
export async function giveFactor(ctx: Ctx, { userId, kind, label, given = {}, ...made }: Given) {
  const account = await findAccount(ctx, userId);
  const { enrolment } = strategies[kind];
  ensure(account && enrolment, `the person has an account, and the kind ${kind} can be bound`);
  const begun = made.begun ?? enrolment.begin(ctx, { userId, email: account.email }, given);
  const factorId = ctx.random.id();
  await inTransaction(ctx, async (tx) => {
    ensure(await raiseCredentialVersion(tx, userId, account.credentialVersion), "nobody else changes the account");
    await insertPending(tx, { ...begun, id: factorId, userId, begunIn: null, kind, label, replacesId: null });
    await activate(tx, { id: factorId, userId }, label);
  });
  return { factorId, secret: begun.secret ?? "" };
}

/** Gives a person a fresh set of recovery codes, which they have saved; earlier ones are void. Out: the codes as they are shown. */
export async function giveCodes(ctx: Ctx, userId: string): Promise<readonly string[]> {
  const set = await prepareSet(ctx);
  await inTransaction(ctx, async (tx) => {
    await takeGuardRow(tx, userId);
    await storeSet(tx, userId, set);
    await noteSaved(tx, userId, set.shown.id);
  });
  return set.shown.codes;
}

/** Gives a person exactly these recovery codes (canonical form), for a cast whose codes can be written down beforehand. */
export async function giveSavedCodes(ctx: Ctx, userId: string, codes: readonly string[]): Promise<void> {
  const setId = ctx.random.id();
  const salt = ctx.random.bytes(16).toString("base64url");
  const rows: NewCode[] = [];
  for (const [position, code] of codes.entries()) {
    rows.push({ setId, salt, position, format: portalFormat, phc: await deriveWithSalt(code, salt) });
  }
  await insertCodes(ctx, userId, rows);
}
