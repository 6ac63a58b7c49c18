import { createHmac } from "node:crypto";
import { type Keyring, type KeyUse, keyring } from "@/lib/crypto/keyring";
import { seal, unseal } from "@/lib/crypto/seal";
import { insertIndexKey, listIndexKeys, listKeyChecks } from "@/lib/crypto/store";
import type { RawDb } from "@/lib/db/client";

/** Uses whose HMACs name rows, find them or vouch for them: they must be the same tomorrow, whichever key stands in front of the ring then. */
const indexUses = [
  "mac:identifier",
  "mac:address",
  "mac:destination",
  "mac:secret",
  "mac:event",
] as const satisfies readonly KeyUse[];

export type IndexUse = (typeof indexUses)[number];
export type IndexKeys = Readonly<Record<IndexUse, Buffer>>;

declare global {
  /** Read once in a process. Global, because the serving entry and the built pages are two bundles. */
  var sallyportIndexKeys: IndexKeys | undefined;
}

/**
 * The name of something that is stored sealed, or not at all: HMAC-SHA-256 under the use's own index key, base64url (a blind index). It
 * outlives every key of the ring.
 */
export function blindIndex(use: Exclude<IndexUse, "mac:event">, parts: readonly string[]): string {
  return createHmac("sha256", heldIndexKey(use)).update(parts.join("|"), "utf8").digest("base64url");
}

/** The key of one use. Throws where the index keys are not open. */
export function heldIndexKey(use: IndexUse): Buffer {
  const keys = globalThis.sallyportIndexKeys;
  if (keys === undefined) throw new Error("The index keys of this database are not open here: start the portal once.");
  return keys[use];
}

export const areIndexKeysHeld = (): boolean => globalThis.sallyportIndexKeys !== undefined;

/** From now on this process names rows by these keys. */
export function holdIndexKeys(keys: IndexKeys): void {
  globalThis.sallyportIndexKeys = keys;
}

/** The index keys of a database that has none: those that names were made with before there were any, under the key in front. */
export const firstIndexKeys = ({ primary, derive }: Keyring): IndexKeys =>
  keysBy((use) => {
    const key = derive(primary, use);
    if (!key) throw new Error("The keyring has no primary key.");
    return key;
  });

const keysBy = (keyOf: (use: IndexUse) => Buffer): IndexKeys => ({
  "mac:identifier": keyOf("mac:identifier"),
  "mac:address": keyOf("mac:address"),
  "mac:destination": keyOf("mac:destination"),
  "mac:secret": keyOf("mac:secret"),
  "mac:event": keyOf("mac:event"),
});

/** Under what an index key is sealed; key rotation asks too. */
export const indexKeySealedFor = (use: string) => ({ use: "enc:index", owner: [use] }) as const;

/**
 * Makes the index keys that this database does not have yet. Of two starts at once one makes each of them, so that both name rows alike. Only
 * for a ring that opens what is stored here. Out: how many this call has made.
 */
export async function makeIndexKeys(db: RawDb, ring: Keyring = keyring()): Promise<number> {
  const there = new Set((await listIndexKeys(db)).map(({ use }) => use));
  const fresh = firstIndexKeys(ring);
  let made = 0;
  for (const use of indexUses) {
    if (there.has(use)) continue;
    const sealed = seal(fresh[use].toString("base64url"), indexKeySealedFor(use), ring);
    if (await insertIndexKey(db, { use, sealed })) made += 1;
  }
  return made;
}

/** What is wrong with the index keys that this database has already, a sentence for the operator; null: the ring opens each of them. */
export async function findShutIndexKey(db: RawDb, ring: Keyring = keyring()): Promise<string | null> {
  const shut = (await listIndexKeys(db)).find(({ use, sealed }) => textOf(sealed, use, ring) === null);
  return shut === undefined ? null : inWords(db, shut.use);
}

/** Opens the index keys of this database and holds them. Out: null, or a sentence for the operator; then nothing has changed. */
export async function openIndexKeys(db: RawDb, ring: Keyring = keyring()): Promise<string | null> {
  const stored = new Map((await listIndexKeys(db)).map(({ use, sealed }) => [use, sealed]));
  const texts = new Map(indexUses.map((use) => [use, textOf(stored.get(use) ?? "", use, ring)]));
  const shut = indexUses.find((use) => texts.get(use) === null);
  if (shut !== undefined) return inWords(db, shut);
  holdIndexKeys(keysBy((use) => Buffer.from(texts.get(use) ?? "", "base64url")));
  return null;
}

const textOf = (sealed: string, use: string, ring: Keyring): string | null => {
  const text = unseal(sealed, indexKeySealedFor(use), ring);
  return typeof text === "string" ? text : null;
};

/**
 * Where no key has left its canary yet, another portal, with other keys, began this database and did not get to the end of its start; or somebody has emptied the table of canaries. Whether there are
 * people in it the operator knows best.
 */
async function inWords(db: RawDb, shut: string): Promise<string> {
  return (await listKeyChecks(db)).length === 0
    ? "This database was begun by a portal with other keys than those in PORTAL_KEYS. Bring that portal's PORTAL_KEYS here. Where nobody has them any more and nobody has an account here yet, begin with an empty database."
    : `No key in PORTAL_KEYS opens the index key for "${shut}". Bring the table index_keys back from a backup.`;
}
