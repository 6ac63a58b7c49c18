import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "./run-step.mjs";

const folder = join(root, ".sallyport");
const lock = join(folder, "start.lock");

/**
 * Takes the folder for this process until it ends. Returns null when it is ours, else what the holder noted:
 * { pid, address }, where address is null while it still prepares. A holder that was killed does not count.
 */
export function takeFolder() {
  mkdirSync(folder, { recursive: true });
  const draft = join(folder, `start.lock.${process.pid}`);
  writeFileSync(draft, describe(null));
  try {
    for (;;) {
      if (isLinked(draft)) {
        process.on("exit", release);
        return null;
      }
      const holder = readHolder(lock);
      if (holder !== null && isAlive(holder)) return holder;
      setAside();
    }
  } finally {
    rmSync(draft, { force: true });
  }
}

/** Notes that the portal now answers at `address`, for the next start to say. */
export function noteRunning(address) {
  const draft = join(folder, `start.lock.${process.pid}`);
  writeFileSync(draft, describe(address));
  renameSync(draft, lock);
}

function release() {
  if (readHolder(lock)?.pid === process.pid) rmSync(lock, { force: true });
}

const describe = (address) => JSON.stringify({ pid: process.pid, born: bornAt(process.pid), address });

/** A hard link is made for exactly one of many at once. */
function isLinked(draft) {
  try {
    linkSync(draft, lock);
    return true;
  } catch (fault) {
    if (fault.code === "EEXIST") return false;
    throw fault;
  }
}

function readHolder(path) {
  try {
    return JSON.parse(readFileSync(path, "utf8"));
  } catch {
    return null; // gone, or torn by a power cut: nobody holds it
  }
}

/** Numbers of processes come round again: the moment of birth tells whether it is still the same one. */
function isAlive({ pid, born }) {
  try {
    process.kill(pid, 0);
  } catch (fault) {
    return fault.code === "EPERM";
  }
  return bornAt(pid) === born;
}

function bornAt(pid) {
  if (process.platform !== "linux") return null;
  try {
    const text = readFileSync(`/proc/${pid}/stat`, "utf8");
    return text.slice(text.lastIndexOf(")") + 2).split(" ")[19];
  } catch {
    return null; // gone since
  }
}

/** Moves a dead holder's lock out of the way; if somebody took it meanwhile, it is given back. */
function setAside() {
  const aside = join(folder, `start.lock.${process.pid}.old`);
  try {
    renameSync(lock, aside);
  } catch (fault) {
    if (fault.code === "ENOENT") return;
    throw fault;
  }
  const holder = readHolder(aside);
  if (holder !== null && isAlive(holder)) isLinked(aside);
  rmSync(aside, { force: true });
}
