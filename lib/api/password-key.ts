import { findPublicKey, insertPasswordKey, listPasswordKeys, type StoredKey } from "@/lib/api/store";
import type { Ctx } from "@/lib/context/context";
import {
  looksEncrypted,
  makePasswordKeyPair,
  openEncrypted,
  type PasswordKeyPair,
  type PasswordOpener,
  passwordKeySealedFor,
  passwordOpener,
} from "@/lib/crypto/rsa-password";
import { seal, unseal } from "@/lib/crypto/seal";
import { tellShut } from "@/lib/crypto/tell-shut";
import { ensure } from "@/lib/kernel/assert";
import { earlier } from "@/lib/kernel/duration";
import { policy } from "@/lib/policy/policy";

const { renewed, acceptedFor } = policy.passwordKey;

/**
 * The public key under which an app encrypts a password now: SPKI, PEM. There is one for every week, which all portals on one database share;
 * whoever asks first makes it (some tenths of a second). Of two that make it at once one is stored, and both hand that one out.
 */
export async function publicPasswordKey(ctx: Ctx): Promise<string> {
  const id = String(Math.floor(ctx.now.getTime() / renewed));
  const stored = await findPublicKey(ctx, id);
  if (stored !== null) return stored;
  const { publicKey, privateKey } = await pairOf(id);
  await insertPasswordKey(ctx, { id, publicKey, secret: seal(privateKey, passwordKeySealedFor(id)) });
  const kept = await findPublicKey(ctx, id);
  ensure(kept, `the password key ${id} is there`);
  return kept;
}

/**
 * The password that an app sent: opened where it looks encrypted, as it is where it does not. Never throws for anything that a client sends. What
 * does not open gives a password that nobody has, so that it goes the way of a wrong one: nobody may look at the result, not even at its length or
 * whether it is empty, before it has been checked against the account's.
 */
export async function openPassword(ctx: Ctx, text: string): Promise<string> {
  if (!looksEncrypted(text)) return text;
  const [first, ...others] = await acceptedOpeners(ctx);
  return first ? openEncrypted(text, [first, ...others]) : ctx.random.token();
}

const making = new Map<string, Promise<PasswordKeyPair>>();

/** A crowd that asks this process at once shares one making. */
async function pairOf(id: string): Promise<PasswordKeyPair> {
  const pair = making.get(id) ?? makePasswordKeyPair();
  making.set(id, pair);
  try {
    return await pair;
  } finally {
    making.delete(id);
  }
}

/**
 * The newest first. At most four: one for each week that begins or ends within the time for which a key is accepted. One that does not open is left out. Where it is the newest nobody's password can be
 * judged: a fault of ours, which costs nobody a try.
 */
async function acceptedOpeners(ctx: Ctx): Promise<readonly PasswordOpener[]> {
  const [newest, ...others] = (await listPasswordKeys(ctx, earlier(ctx.now, acceptedFor))).map(openerOf);
  if (newest === undefined) return [];
  ensure(newest, "the newest password key opens");
  return [newest, ...others.filter((opener) => opener !== null)];
}

const opened = new Map<string, PasswordOpener>();
const mostOpened = 8;

/** Opened once per process; known by the row with its sealed text, so that one which was exchanged is opened again, and one that stands in another row is not. */
function openerOf({ id, secret }: StoredKey): PasswordOpener | null {
  const row = `${id} ${secret}`;
  const known = opened.get(row);
  if (known) return known;
  const privateKey = unseal(secret, passwordKeySealedFor(id));
  if (privateKey === null) {
    tellShut({ column: "password_keys.secret", id, sealed: secret });
    return null;
  }
  const opener = passwordOpener(privateKey);
  if (opened.size >= mostOpened) opened.clear();
  opened.set(row, opener);
  return opener;
}
