import { accessSync, constants } from "node:fs";
import { userInfo } from "node:os";
import { dirname } from "node:path";
import { root } from "./run-step.mjs";
import { giveUp } from "./say.mjs";

/** The account of this process in words: its name, or its number where it has none. */
export function account() {
  try {
    return userInfo().username;
  } catch {
    return `number ${process.getuid?.() ?? "?"}`; // an account without an entry, as containers have
  }
}

const where = (fault) => fault.path ?? fault.dest ?? root;

const denied = (fault) =>
  `The account ${account()} may not use ${where(fault)} (${fault.code}). Start as the account that owns it, or give it the folder: chown -R ${account()} ${quoted(root)}`;
const full = (fault) =>
  `There is no space left for ${where(fault)} (${fault.code}). Make room (the packages and pages need about 1.5 GB) and try again: nothing that was stored is lost.`;
const inTheWay = (fault) =>
  `${where(fault)} is not what should stand there (${fault.code}: a file where a folder belongs, or a folder where a file does). Move it away and try again.`;

/** What the system says no by, and what a person can do about it. */
const sentences = {
  EACCES: denied,
  EPERM: denied,
  EROFS: (fault) =>
    `${where(fault)} lies on a file system that is read-only. Put the folder and DATA_DIR where they can be written.`,
  ENOENT: (fault) =>
    `${where(fault)} is not there (ENOENT). Bring it back (git status shows what a checkout lacks), or name another place.`,
  ENOSPC: full,
  EDQUOT: full,
  EEXIST: inTheWay,
  EISDIR: inTheWay,
  ERR_FS_EISDIR: inTheWay,
  ENOTDIR: inTheWay,
  ENAMETOOLONG: (fault) => `The path ${where(fault)} is too long for this system. Move the folder to a shorter one.`,
  EMFILE: () => "This account may not open more files (EMFILE). Raise its limit (ulimit -n) and try again.",
  ENFILE: () => "This machine has no file handles left (ENFILE). End other programs and try again.",
  ERR_MODULE_NOT_FOUND: () => "A package is missing or was changed. Install the packages with: npm start",
};

/** A sentence for a fault that an operator can do something about; null for one that only a programmer can. */
export function sentenceOf(fault) {
  const sentence = Object.hasOwn(sentences, fault?.code ?? "") ? sentences[fault.code](fault) : null;
  if (sentence !== null) return sentence;
  // errors that our own rooms throw for the operator are plain ones; a TypeError and its like is a mistake of ours
  return fault instanceof Error && fault.constructor === Error && fault.code === undefined ? fault.message : null;
}

/** Does the whole work of a command: what can be told in a sentence ends it that way, with exit code 1. */
export async function told(work) {
  try {
    await work();
  } catch (fault) {
    const sentence = sentenceOf(fault);
    if (sentence === null) throw fault;
    giveUp(sentence);
  }
}

/** What is told where `path` cannot be written: on a disk that is read-only no change of owner helps. */
export function mayNotWrite(path) {
  if (isReadOnly(path)) return sentences.EROFS({ path });
  return `The account ${account()} may not write ${path}. Start as the account that owns it, or give it the folder: chown -R ${account()} ${quoted(root)}`;
}

/** Does `path`, or the nearest folder on the way to it that is there, lie on a file system that is read-only? */
export function isReadOnly(path) {
  try {
    accessSync(path, constants.W_OK);
    return false;
  } catch (fault) {
    const isMissing = fault.code === "ENOENT" && dirname(path) !== path;
    return isMissing ? isReadOnly(dirname(path)) : fault.code === "EROFS";
  }
}

/** For a command line to copy. */
export const quoted = (path) => (/^[\w./-]+$/.test(path) ? path : `'${path.replaceAll("'", "'\\''")}'`);
