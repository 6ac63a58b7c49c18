import { rm } from "node:fs/promises";
import { join } from "node:path";
import { readSealName, type SealName } from "@/lib/audit/seals/seal";
import { findBeginning, isSound } from "@/lib/audit/seals/sound-seals";
import { findNewestSeal, findSeal, listRestores } from "@/lib/audit/seals/store";
import { isEventMac } from "@/lib/crypto/event-mac";
import { textOf, writeDurably } from "@/lib/db/built-in-files";
import type { RawDb } from "@/lib/db/client";

/** A seal that was the newest once, as somebody keeps it outside of the database, and since when. */
export type Remembered = SealName & { readonly at: Date };

/** Where a machine keeps the newest seal that it has seen. */
export const newestSealFile = (dataDir: string): string => join(dataDir, "newest-seal");

/** What this machine remembers; null: nothing yet. Throws an Error for the operator where the file says nothing that can be read. */
export async function readRemembered(dataDir: string): Promise<Remembered | null> {
  const file = newestSealFile(dataDir);
  const text = await textOf(file);
  if (text === null) return null;
  const [word = "", moment = ""] = text.split(" ");
  const [seal, at] = [readSealName(word), new Date(moment)];
  if (seal === null || Number.isNaN(at.getTime()))
    throw new Error(`The file ${file} cannot be read: it was changed or cut off. Once you know why, delete it.`);
  return { ...seal, at };
}

/**
 * Remembers the newest seal in a file of this machine, where whoever writes to the database does not reach: a chain whose newest end was cut off looks whole, and
 * only somebody who has seen the end can say so. Out: null, or the seal that is not there any more; then the file stays as it is, and so does the alarm, until
 * somebody has looked and deletes it. A newest seal that nobody made who has the key is not remembered.
 */
export async function rememberNewest(db: RawDb, dataDir: string, now: Date): Promise<Remembered | null> {
  const remembered = await readRemembered(dataDir);
  if (remembered !== null && !(await isStillThere(db, remembered))) return remembered;
  const newest = await findNewestSeal(db);
  const file = newestSealFile(dataDir);
  if (newest === null) await rm(file, { force: true });
  else if (newest.mac !== remembered?.mac && (await isSound(db, newest)))
    await writeDurably(file, `${newest.number}:${newest.mac} ${now.toISOString()}\n`, 0o600);
  return null;
}

/** Also where it was swept since, or a restore has set the chain back: both are vouched for by somebody who had the key. */
export async function isStillThere(db: RawDb, { number, mac, at }: Remembered): Promise<boolean> {
  if ((await findSeal(db, number))?.mac === mac) return true;
  const { seal: swept } = await findBeginning(db);
  if (swept !== null && swept.number > number) return true;
  return wasRestored(db, at);
}

/** Whether the portal was set back since by a restore, by an event that somebody wrote who had the key. */
async function wasRestored(db: RawDb, since: Date): Promise<boolean> {
  const restores = await listRestores(db, since);
  return restores.some(({ mac, text }) => mac !== null && isEventMac(mac, text));
}
