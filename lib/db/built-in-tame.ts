import { cp, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

/**
 * Does `work` with a folder of programs whose path a shell reads as it stands. `initdb` looks for its server by a shell, between double
 * quotation marks, where `"`, `$`, a backtick and a backslash mean something: for a checkout that is called so, the programs are
 * copied for as long as that takes. The server itself needs no shell.
 */
export async function withTamePath<T>(folder: string, work: (folder: string) => Promise<T>): Promise<T> {
  if (!/["$`\\]/.test(folder)) return work(folder);
  const copy = await mkdtemp(join(tmpdir(), "sallyport-initdb-"));
  try {
    await cp(folder, copy, { recursive: true, verbatimSymlinks: true });
    return await work(copy);
  } finally {
    await rm(copy, { recursive: true, force: true });
  }
}
