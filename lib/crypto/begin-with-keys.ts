import { checkKeyring, findKeyMistake } from "@/lib/crypto/canary";
import { findShutIndexKey, makeIndexKeys, openIndexKeys } from "@/lib/crypto/index-keys";
import { type Keyring, keyring } from "@/lib/crypto/keyring";
import { listKeyChecks } from "@/lib/crypto/store";
import type { RawDb } from "@/lib/db/client";

/**
 * Lets a ring be that of a database, in the turn of the migrations. One that was never begun takes the canary of the key in front before anything is made under it: of
 * two first starts with different keys, which may both be called k1, the second finds it and writes nothing, wherever the first was cut off. Then the
 * index keys are made that are missing, and opened. Out: how many were made; or the sentence why this ring is not the one, and then nothing was written.
 */
export async function beginWithKeys(
  db: RawDb,
  ring: Keyring = keyring(),
): Promise<{ readonly made: number } | { readonly mistake: string }> {
  const mistake = (await findKeyMistake(db, ring)) ?? (await findShutIndexKey(db, ring));
  if (mistake !== null) return { mistake };
  if ((await listKeyChecks(db)).length === 0) await checkKeyring(db, ring);
  const made = await makeIndexKeys(db, ring);
  const shut = await openIndexKeys(db, ring);
  return shut === null ? { made } : { mistake: shut };
}
