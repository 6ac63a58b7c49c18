import { chmod, mkdtemp, rm } from "node:fs/promises";
import { join } from "node:path";
import { quickGround } from "@/lib/testing/quick-ground";
import { startTestServer } from "@/lib/testing/test-database";

/** Vitest's global setup: one server and one place for passing files for the whole run. Returns what vitest calls at the end. */
export async function setup(): Promise<() => Promise<void>> {
  const { stop } = await startTestServer(process.cwd(), { inMemory: true });
  const passing = await passingFolder();
  return async () => {
    await stop();
    await rm(passing, { recursive: true, force: true, maxRetries: 3 });
  };
}

/** Where tests, and the programs they start, put what passes: no test has to clear up after itself, and a red one cannot fail to. */
async function passingFolder(): Promise<string> {
  const folder = await mkdtemp(join(await quickGround(), "unit-")); // a short name: sockets lie below, and their paths may have a hundred letters
  await chmod(folder, 0o1777); // like the folder it lies in: for root a server runs under another account
  process.env.TMPDIR = folder;
  return folder;
}
