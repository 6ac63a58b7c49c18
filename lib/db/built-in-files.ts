import {
  access,
  chmod,
  chown,
  lchown,
  lstat,
  mkdir,
  open,
  readdir,
  readFile,
  realpath,
  rename,
  stat,
} from "node:fs/promises";
import { dirname, join } from "node:path";

/** True when something lies at `path`. Throws when it cannot be looked at. */
export async function isThere(path: string): Promise<boolean> {
  try {
    await access(path);
    return true;
  } catch (fault) {
    if (isAbsence(fault)) return false;
    throw fault;
  }
}

/** The trimmed text of a file, or null when there is no such file. */
export async function textOf(path: string): Promise<string | null> {
  try {
    return (await readFile(path, "utf8")).trim();
  } catch (fault) {
    if (isAbsence(fault)) return null;
    throw fault;
  }
}

/** The path without symbolic links: two names for one folder must not become two databases. */
export const realPath = (path: string): Promise<string> => realpath(path);

/** The number of the account that owns `path`. */
export const ownerOf = async (path: string): Promise<number> => (await stat(path)).uid;

/** Writes a whole file or nothing, and returns once it would survive a power cut. */
export async function writeDurably(path: string, text: string, mode: number): Promise<void> {
  const draft = `${path}.new`;
  const file = await open(draft, "w", mode);
  try {
    await file.chmod(mode);
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(draft, path);
  await syncFolder(dirname(path));
}

/** Makes renames inside `folder` survive a power cut. */
export async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** A folder that only `account` (null: our own) can enter. */
export async function privateFolder(path: string, account: { uid: number; gid: number } | null): Promise<void> {
  await mkdir(path, { recursive: true, mode: 0o700 });
  await chmod(path, 0o700);
  if (account) await chown(path, account.uid, account.gid);
}

/** Gives a folder and everything in it to `account`. Links are given themselves, never what they point to. */
export async function giveAll(path: string, account: { uid: number; gid: number }): Promise<void> {
  await lchown(path, account.uid, account.gid);
  if (!(await lstat(path)).isDirectory()) return;
  for (const name of await readdir(path)) await giveAll(join(path, name), account);
}

function isAbsence(fault: unknown): boolean {
  return fault instanceof Error && "code" in fault && (fault.code === "ENOENT" || fault.code === "ENOTDIR");
}
