import { readFileSync } from "node:fs";
import { rm, stat, statfs, writeFile } from "node:fs/promises";
import { freemem, hostname } from "node:os";
import { join } from "node:path";
import * as z from "zod";
import type { Machine } from "@/lib/doctor/house";
import { memoryLeft } from "@/lib/doctor/memory";
import { systemClock } from "@/lib/kernel/clock";

/** The machine that this process runs on; `root`: the checkout whose packages it uses. */
export const thisMachine = (root: string): Machine => ({
  clock: systemClock,
  node: process.versions.node,
  packageVersion: (name) => versionIn(join(root, "node_modules", name, "package.json")),
  freeBytes: (folder) =>
    statfs(folder).then(
      ({ bavail, bsize }) => bavail * bsize,
      () => null, // not there: another look says so
    ),
  diskOf: (folder) =>
    stat(folder).then(
      ({ dev }) => dev,
      () => null,
    ),
  whyNotWritable,
  freeMemory: () => memoryLeft(freemem()),
  name: hostname(),
});

const manifest = z.object({ version: z.string() });

function versionIn(path: string): string | null {
  try {
    return manifest.parse(JSON.parse(readFileSync(path, "utf8"))).version;
  } catch {
    return null; // not installed, or half: the start installs it
  }
}

/** Asked by making a file: on a mount that is read-only, or on one that is full, the mode of the folder tells nothing. */
async function whyNotWritable(folder: string): Promise<string | null> {
  const probe = join(folder, `.sallyport-doctor.${process.pid}`);
  try {
    await writeFile(probe, "", { flag: "wx", mode: 0o600 });
    return null;
  } catch (fault) {
    return fault instanceof Error && "code" in fault && typeof fault.code === "string" ? fault.code : "unknown";
  } finally {
    await rm(probe, { force: true }).catch(() => undefined); // it was never made
  }
}
