import { readFile, rename, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";

const isId = (text: string) => /^[\w-]{22}$/.test(text);

/** The run of a portal before this one, by what its data folder remembers. `wasHere`: surely in this folder and on this machine, so that it is over now. */
export type FormerRun = { readonly id: string; readonly wasHere: boolean };

/**
 * The name of the row that the run before this one wrote, out of this data folder; null: it remembers none. Each run has a name of its own, of 128 random bits: two
 * portals never write one row, whatever of their machines was copied, names, folders and settings too. The caller owns the folder, so a run that was here is over. One
 * that was elsewhere may live: the folder is a copy of its own.
 */
export async function readFormerRun(dataDir: string): Promise<FormerRun | null> {
  const kept = await readFile(fileIn(dataDir), "utf8").catch(() => "");
  const [id = "", mark = ""] = kept.trim().split("\n");
  return isId(id) ? { id, wasHere: mark !== "" && mark === (await markOf(dataDir)) } : null;
}

/** Remembers the run `id` for the next start. Where the folder cannot keep it, a portal is a stranger to itself after a crash, until its old row is dead. */
export async function rememberRun(dataDir: string, id: string): Promise<void> {
  const file = fileIn(dataDir);
  await writeFile(`${file}.new`, `${id}\n${await markOf(dataDir)}\n`, { mode: 0o600 })
    .then(() => rename(`${file}.new`, file)) // whole or not at all
    .catch(() => undefined);
}

/** What no copy shares with its original: this machine since it was booted, and the folder's own place there. Empty where the system does not tell. */
async function markOf(dataDir: string): Promise<string> {
  try {
    const [boot, { dev, ino }] = await Promise.all([readFile(bootFile, "utf8"), stat(dataDir)]);
    return `${boot.trim()} ${dev} ${ino}`;
  } catch {
    return "";
  }
}

const bootFile = "/proc/sys/kernel/random/boot_id";

const fileIn = (dataDir: string) => join(dataDir, "portal-id");
