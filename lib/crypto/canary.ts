import { type Keyring, keyring } from "@/lib/crypto/keyring";
import { seal, unseal } from "@/lib/crypto/seal";
import { hasKeyCheck, insertKeyCheck, listKeyChecks } from "@/lib/crypto/store";
import type { RawDb } from "@/lib/db/client";

const sentence = "This keyring opens what is stored here.";
const sealedFor = (keyId: string) => ({ use: "enc:check", owner: [keyId] }) as const;

/**
 * Refuses a keyring that cannot open what is stored: every key that ever wrote here left a sealed sentence behind, its canary (a key check value).
 * Out: null when all is well (and the primary key has left its own), else what is wrong, for the operator.
 */
export async function checkKeyring(db: RawDb, ring: Keyring = keyring()): Promise<string | null> {
  const mistake = await findKeyMistake(db, ring);
  if (mistake !== null || (await hasStartedWith(db, ring.primary))) return mistake;
  const sealed = seal(sentence, sealedFor(ring.primary), ring);
  await insertKeyCheck(db, { keyId: ring.primary, sealed });
  return null;
}

/** True when a portal has run with this key in front: then it can open what is sealed under it. */
export async function hasStartedWith(db: RawDb, keyId: string): Promise<boolean> {
  return hasKeyCheck(db, keyId);
}

/** The same question without leaving anything behind: what is wrong with the keyring, or null. */
export async function findKeyMistake(db: RawDb, ring: Keyring = keyring()): Promise<string | null> {
  for (const { keyId, sealed } of await listKeyChecks(db)) {
    if (!ring.ids.includes(keyId))
      return `The data was written with the key "${keyId}", which PORTAL_KEYS does not name. Put it back (behind the new one), then run: npm run portal -- rotate-keys`;
    if (unseal(sealed, sealedFor(keyId), ring) !== sentence)
      return `The key "${keyId}" in PORTAL_KEYS is not the one that the data was written with.`;
  }
  return null;
}
