import { execFileSync } from "node:child_process";
import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "./run-step.mjs";

const folder = join(root, ".sallyport");
const lock = join(folder, "start.lock");

/**
 * Takes the folder for this process until it ends. Returns null when it is ours, else what the holder noted:
 * { pid, address, mark }, where address is null while it still prepares. A holder that was killed does not count.
 */
export function takeFolder() {
  mkdirSync(folder, { recursive: true });
  const draft = join(folder, `start.lock.${process.pid}`);
  writeFileSync(draft, describe({ address: null }));
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

/** Notes that the portal now answers at `address`, and out of which sources it came (`mark`), for the next start to say. */
export function noteRunning(address, mark) {
  const draft = join(folder, `start.lock.${process.pid}`);
  writeFileSync(draft, describe({ address, mark }));
  renameSync(draft, lock);
}

/** Who holds the folder, as `takeFolder` tells it; null when nobody does. Changes nothing. */
export function folderHolder() {
  const holder = readHolder(lock);
  return holder !== null && isAlive(holder) ? holder : null;
}

function release() {
  if (readHolder(lock)?.pid === process.pid) rmSync(lock, { force: true });
}

const describe = (more) => JSON.stringify({ pid: process.pid, born: lifeOf(process.pid)?.born ?? null, ...more });

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

/**
 * Numbers of processes come round again: the moment of birth tells whether it is still the same one. One that was killed and that nobody
 * waited for keeps its number as a zombie. What cannot be looked at counts as alive: silence proves nothing.
 */
function isAlive({ pid, born }) {
  try {
    process.kill(pid, 0);
  } catch (fault) {
    if (fault.code !== "EPERM") return false;
  }
  const life = lifeOf(pid);
  return life === null || (!life.isZombie && (born === null || life.born === born));
}

/** { born, isZombie } of a process, null where the system does not show it. */
function lifeOf(pid) {
  try {
    if (process.platform === "linux") {
      const text = readFileSync(`/proc/${pid}/stat`, "utf8");
      const fields = text.slice(text.lastIndexOf(")") + 2).split(" ");
      return { born: fields[19], isZombie: fields[0] === "Z" || fields[0] === "X" };
    }
    const [state, ...moment] = execFileSync("ps", ["-o", "stat=,lstart=", "-p", String(pid)], { encoding: "utf8" })
      .trim()
      .split(/\s+/);
    return { born: moment.join(" "), isZombie: state.startsWith("Z") };
  } catch {
    return null;
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
