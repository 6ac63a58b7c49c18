import { closeSync, constants, openSync, readSync, statSync } from "node:fs";

/** Nobody's settings, keys, apps or logo are larger. */
const bytesAtMost = 256 * 1024;

/**
 * Reads a small file that a person named. Out: { bytes }; or { mistake }, the end of a sentence that begins with the file, where it is no ordinary file (a link to one is)
 * or too large; or the system's { fault }. Always at once: a pipe would be waited for, a device read without end. A pipe of the shell, `<(…)`, gives its text once, and
 * a start reads its settings more than once: it would be a secret at first and empty afterwards.
 */
export function readOrdinaryFile(path) {
  try {
    const mistake = oddityOf(statSync(path)); // before it is opened: some devices begin something then
    return mistake === null ? readAll(path) : { mistake };
  } catch (fault) {
    return { fault };
  }
}

/** What is wrong with a file that is read later, as the end of a sentence; null: nothing, or it is not there. `isSmall`: it may not be larger than settings are. */
export function oddFile(path, { isSmall = true } = {}) {
  try {
    return oddityOf(statSync(path), isSmall);
  } catch {
    return null;
  }
}

const tooLarge = "is larger than 256 kB.";

function oddityOf(found, isSmall = true) {
  if (!found.isFile()) return `is no ordinary file but ${kindOf(found)}.`;
  return isSmall && found.size > bytesAtMost ? tooLarge : null;
}

function kindOf(found) {
  if (found.isDirectory()) return "a folder";
  if (found.isFIFO()) return "a pipe";
  return found.isSocket() ? "a socket" : "a device";
}

/** Not by its size: the files of /proc say that they have none. */
function readAll(path) {
  const handle = openSync(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  try {
    const bytes = Buffer.alloc(bytesAtMost + 1);
    let length = 0;
    for (let read = -1; read !== 0 && length < bytes.length; length += read)
      read = readSync(handle, bytes, length, bytes.length - length, null);
    return length > bytesAtMost ? { mistake: tooLarge } : { bytes: bytes.subarray(0, length) };
  } finally {
    closeSync(handle);
  }
}
