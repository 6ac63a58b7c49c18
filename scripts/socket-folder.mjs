import { closeSync, openSync } from "node:fs";
import { join, relative } from "node:path";

/** A socket's path may have about 104 bytes, 108 on Linux, wherever a file's may have 4 096. */
const longest = 100;

/**
 * Sockets in the folder at `path`, with names of at most `nameBytes`, however long the path is: Linux reaches an open folder by its
 * number, and everywhere a folder below the working one has a shorter name. Returns { path, alias, close }: `path` for everything but
 * listening and connecting, `alias` for these two. Throws an Error for the operator where neither helps.
 */
export function socketFolder(path, nameBytes) {
  const fits = (folder) => Buffer.byteLength(join(folder, "x".repeat(nameBytes))) <= longest;
  const near = relative(process.cwd(), path);
  if (fits(path)) return { path, alias: path, close: () => undefined };
  if (process.platform === "linux") {
    const handle = openSync(path, "r");
    return { path, alias: `/proc/self/fd/${handle}`, close: () => closeSync(handle) };
  }
  if (fits(near)) return { path, alias: near, close: () => undefined };
  throw new Error(`${path} is too long a path: a socket must fit into it. Choose a shorter one.`);
}
