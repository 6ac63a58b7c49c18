import { createWriteStream, rmSync } from "node:fs";
import { rename, rm, stat } from "node:fs/promises";
import { dirname } from "node:path";
import { pipeline } from "node:stream/promises";
import { refusal } from "@/lib/backup/refusal";
import { isThere, syncFolder } from "@/lib/db/built-in-files";

/** The name of a file while it is written: `FILE.PROCESS.part`. */
const draftOf = (path: string): string => `${path}.${process.pid}.part`;
export const isDraft = (name: string): boolean => /\.\d{1,10}\.part$/.test(name);

type Kind = "backup" | "export";

type Wishes = {
  readonly what?: Kind;
  /** Reads what was written, where it still lies under its other name. What it throws is why there will be no file. */
  readonly readBack?: (draft: string) => Promise<void>;
  /** Called right before the file gets its name: until then there is none, from then on there may be. What it throws is why there will be none. */
  readonly onKeeping?: () => void;
};

/**
 * Writes `bytes` to `path`, readable by this account alone, under another name until all of them are safely on the disk, and read back where that is wished for: a file of that name is
 * whole. Out: how many bytes. Throws a refusal where a file stands there already, where there is no folder for it and where there is no room; whatever went wrong, nothing is left.
 */
export async function writeWhole(
  path: string,
  bytes: AsyncIterable<Buffer>,
  { what = "backup", readBack, onKeeping }: Wishes = {},
): Promise<number> {
  if (await isThere(path))
    throw refusal(`${what}.exists`, `${path} is there already. Nothing was changed. Name another file.`);
  const draft = draftOf(path);
  const onExit = () => rmSync(draft, { force: true }); // Ctrl-C leaves no half file either
  process.once("exit", onExit);
  try {
    await pipeline(bytes, createWriteStream(draft, { flags: "wx", mode: 0o600, flush: true }));
    const { size } = await stat(draft);
    await readBack?.(draft);
    onKeeping?.();
    await rename(draft, path);
    await syncFolder(dirname(path));
    return size;
  } catch (fault) {
    await rm(draft, { force: true });
    throw sentenceFor(fault, path, what);
  } finally {
    process.off("exit", onExit);
  }
}

const codeOf = (fault: unknown): string =>
  fault instanceof Error && "code" in fault && typeof fault.code === "string" ? fault.code : "";

function sentenceFor(fault: unknown, path: string, what: Kind): unknown {
  const folder = dirname(path);
  switch (codeOf(fault)) {
    case "ENOSPC":
    case "EDQUOT":
      return refusal(
        `${what}.no_room`,
        `There is no room left in ${folder}. No ${what} was made. Make room, and try again.`,
      );
    case "ENOENT":
    case "ENOTDIR":
      return refusal(
        `${what}.nowhere`,
        `There is no folder ${folder}. No ${what} was made. Make it, or name another file.`,
      );
    case "EACCES":
    case "EPERM":
    case "EROFS":
      return refusal(`${what}.nowhere`, `This account may not write into ${folder}. No ${what} was made.`);
    default:
      return fault;
  }
}
