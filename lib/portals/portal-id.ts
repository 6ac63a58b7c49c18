import { readFile, rename, stat, writeFile } from "node:fs/promises";
import { hostname } from "node:os";
import { join } from "node:path";

const isId = (text: string) => /^[\w-]{22}$/.test(text);

/** The run of a portal before this one, by what its data folder remembers. `wasHere`: in this folder and on this machine, by everything that the system tells, so that it is over now. */
export type FormerRun = { readonly id: string; readonly wasHere: boolean };

/**
 * The name of the row that the run before this one wrote, out of this data folder; null: it remembers none. Each run has a name of its own, of 128 random bits: two
 * portals never write one row, whatever of their machines was copied, names, folders and settings too. The caller owns the folder, so a run that was here is over. One
 * that was elsewhere may live: the folder is a copy of its own.
 */
export async function readFormerRun(dataDir: string, system = thisSystem): Promise<FormerRun | null> {
  const kept = await readFile(fileIn(dataDir), "utf8").catch(() => "");
  const [id = "", mark = ""] = kept.trim().split("\n");
  return isId(id) ? { id, wasHere: mark !== "" && mark === (await markOf(dataDir, system)) } : null;
}

/** Remembers the run `id` for the next start. Where the folder cannot keep it, a portal is a stranger to itself after a crash, until its old row is dead. */
export async function rememberRun(dataDir: string, id: string, system = thisSystem): Promise<void> {
  const file = fileIn(dataDir);
  await writeFile(`${file}.new`, `${id}\n${await markOf(dataDir, system)}\n`, { mode: 0o600 })
    .then(() => rename(`${file}.new`, file)) // whole or not at all
    .catch(() => undefined);
}

/**
 * This machine since it was booted, and the folder's own place there: what no copy shares with its original. Where the system does not tell its boot (macOS) the
 * machine's name stands for it, which a clone of the whole machine does share; a copied folder has another place there too. Empty where there is no folder.
 */
async function markOf(dataDir: string, { bootFile }: System): Promise<string> {
  const folder = await stat(dataDir).catch(() => null);
  if (folder === null) return "";
  const machine = await readFile(bootFile, "utf8").catch(hostname);
  return `${machine.trim()} ${folder.dev} ${folder.ino}`;
}

/** `bootFile`: where the system tells a name of its own for each boot; only Linux does. */
type System = { readonly bootFile: string };
const thisSystem: System = { bootFile: "/proc/sys/kernel/random/boot_id" };

const fileIn = (dataDir: string) => join(dataDir, "portal-id");
