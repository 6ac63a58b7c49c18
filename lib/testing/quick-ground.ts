import { constants } from "node:fs";
import { access, mkdtemp, rm, statfs, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

const memory = "/dev/shm";
/** Five times what a run of the unit tests holds there at once, its databases among it. */
const enough = 2 ** 30;

/**
 * Where files lie that nobody needs after the run: in memory, where there is enough of it and a program that lies there may run; else where such
 * files lie on this machine. A disk's file system has much to do for thousands of files that are made and removed again: ext4 looks for each new one
 * through those that were removed in the last seconds.
 */
export async function quickGround(): Promise<string> {
  try {
    const { bavail, bsize } = await statfs(memory);
    const isRoomy = bavail * bsize >= enough && process.availableMemory() >= enough;
    return isRoomy && (await mayRunIn(memory)) ? memory : tmpdir();
  } catch {
    return tmpdir(); // this kind of machine has no such place, or it is not for us
  }
}

/** For root too, access to a program is refused on a file system where none may run. */
async function mayRunIn(folder: string): Promise<boolean> {
  const own = await mkdtemp(join(folder, "ground-"));
  try {
    await writeFile(join(own, "program"), "", { mode: 0o755 });
    await access(join(own, "program"), constants.X_OK);
    return true;
  } finally {
    await rm(own, { recursive: true });
  }
}
