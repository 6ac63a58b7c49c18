import { readdirSync, readFileSync } from "node:fs";

const ticksPerSecond = 100; // USER_HZ on every Linux that Node runs on

/** CPU milliseconds that a process and everything below it has used so far, ended children included. */
export function cpuOf(pid) {
  const own = statOf(pid);
  if (own === null) return 0;
  const mine = ((own.user + own.system + own.endedUser + own.endedSystem) * 1000) / ticksPerSecond;
  return childrenOf(pid).reduce((sum, child) => sum + cpuOf(child), mine);
}

/** CPU of one process alone, without what runs below it. */
export function cpuAlone(pid) {
  return usedBy(statOf(pid));
}

const usedBy = (own) => (own === null ? 0 : ((own.user + own.system) * 1000) / ticksPerSecond);

/** CPU of the first thread of a process: for Node the one that runs scripts, without the threads that hash and compress. */
export const cpuOfMainThread = (pid) => usedBy(statOf(pid, `task/${pid}/stat`));

/** Resident memory of one process in MiB. */
export function memoryOf(pid) {
  const line = /^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"));
  return Number(line?.[1] ?? 0) / 1024;
}

function statOf(pid, file = "stat") {
  try {
    const text = readFileSync(`/proc/${pid}/${file}`, "utf8");
    const fields = text
      .slice(text.lastIndexOf(")") + 2)
      .split(" ")
      .map(Number);
    return { parent: fields[1], user: fields[11], system: fields[12], endedUser: fields[13], endedSystem: fields[14] };
  } catch {
    return null; // it has ended between two looks
  }
}

function childrenOf(pid) {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .filter((name) => statOf(name)?.parent === pid)
    .map(Number);
}
