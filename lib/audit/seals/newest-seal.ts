import { rm } from "node:fs/promises";
import { join } from "node:path";
import { readSealName, type SealName } from "@/lib/audit/seals/seal";
import { findBeginning, isSound } from "@/lib/audit/seals/sound-seals";
import { findNewestSeal, findSeal, listRestores } from "@/lib/audit/seals/store";
import { isEventMac } from "@/lib/crypto/event-mac";
import { textOf, writeDurably } from "@/lib/db/built-in-files";
import type { RawDb } from "@/lib/db/client";
import { isOver, later } from "@/lib/kernel/duration";
import { auditRules } from "@/lib/policy/audit-rules";

/** A seal that was the newest once, as somebody keeps it outside of the database, and when; null: nobody wrote down when. */
export type Remembered = SealName & { readonly at: Date | null };

/** Where a machine keeps the newest seal that it has seen. */
export const newestSealFile = (dataDir: string): string => join(dataDir, "newest-seal");

/** What this machine remembers; null: nothing yet. "unreadable": the file was changed or cut off, and says nothing. */
export async function readRemembered(dataDir: string): Promise<Remembered | null | "unreadable"> {
  const text = await textOf(newestSealFile(dataDir));
  if (text === null) return null;
  const [word = "", moment = ""] = text.split(" ");
  const [seal, at] = [readSealName(word), new Date(moment)];
  return seal === null || Number.isNaN(at.getTime()) ? "unreadable" : { ...seal, at };
}

/**
 * Remembers the newest seal in a file of this machine, where whoever writes to the database does not reach: a chain whose newest end was cut off looks whole, and
 * only somebody who has seen the end can say so. Out: null, or the seal that is not there any more; then the file stays as it is, and so does the alarm, until
 * somebody has looked and deletes it; a file that cannot be read stays too. A newest seal that nobody made who has the key is not remembered.
 */
export async function rememberNewest(db: RawDb, dataDir: string, now: Date): Promise<Remembered | null | "unreadable"> {
  const remembered = await readRemembered(dataDir);
  if (remembered === "unreadable") return remembered;
  if (remembered !== null && !(await isStillThere(db, remembered))) return remembered;
  const newest = await findNewestSeal(db);
  const file = newestSealFile(dataDir);
  if (newest === null) await rm(file, { force: true });
  else if (newest.mac !== remembered?.mac && (await isSound(db, newest)))
    await writeDurably(file, `${newest.number}:${newest.mac} ${now.toISOString()}\n`, 0o600);
  return null;
}

/**
 * Also where it was swept since, or a restore has set the chain back: both are vouched for by somebody who had the key. What was swept since is younger than what is
 * remembered; a seal that vouches for it and is older comes from before a restore, and was brought back by hand.
 */
export async function isStillThere(db: RawDb, { number, mac, at }: Remembered): Promise<boolean> {
  const { seal: swept } = await findBeginning(db);
  if (swept !== null && swept.number > number) {
    if (at === null || !isOver(later(swept.madeAt, auditRules.apart), at)) return true;
  } else if ((await findSeal(db, number))?.mac === mac) return true;
  return at !== null && wasRestored(db, at);
}

/** Whether the portal was set back since by a restore, by an event that somebody wrote who had the key. */
async function wasRestored(db: RawDb, since: Date): Promise<boolean> {
  const restores = await listRestores(db, since);
  return restores.some(({ mac, text }) => mac !== null && isEventMac(mac, text));
}
