import { readFile, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Random } from "@/lib/kernel/random";

const isId = (text: string) => /^[\w-]{22}$/.test(text);

/**
 * The name by which a portal knows its own row again after a restart: 128 random bits in a file of its data folder, made at the first start.
 * Never the folder's path, which two machines may share. Where the file cannot be kept, a fresh one each time: after a crash the portal is
 * then a stranger to itself until its old row is dead.
 */
export async function readPortalId(dataDir: string, random: Random): Promise<string> {
  const kept = await readFile(fileIn(dataDir), "utf8").catch(() => "");
  return isId(kept.trim()) ? kept.trim() : renewPortalId(dataDir, random);
}

/** Another name, because this one belongs to somebody else: the folder was copied from a portal that lives. */
export async function renewPortalId(dataDir: string, random: Random): Promise<string> {
  const id = random.id();
  const file = fileIn(dataDir);
  await writeFile(`${file}.new`, `${id}\n`, { mode: 0o600 })
    .then(() => rename(`${file}.new`, file)) // whole or not at all
    .catch(() => undefined);
  return id;
}

const fileIn = (dataDir: string) => join(dataDir, "portal-id");
