import { type Finding, fault, hint, warning } from "@/lib/doctor/finding";
import type { Look, Settled } from "@/lib/doctor/house";
import { isBefore, knownHoles, nodeLines } from "@/lib/doctor/known-holes";
import { doctorRules } from "@/lib/policy/doctor-rules";

const inMegabytes = (bytes: number) => `${Math.floor(bytes / 2 ** 20)} MB`;

/** Room on the disk of the data folder, and in memory. */
export const lookAtRoom: Look<Settled> = async ({ config, machine }) => {
  const found: Finding[] = [];
  const free = await machine.freeBytes(config.dataDir);
  const { full, low } = doctorRules.disk;
  if (free !== null && free < low)
    found.push(
      (free < full ? fault : warning)(
        "machine.disk",
        `Only ${inMegabytes(free)} are free where DATA_DIR lies${free < full ? ": the portal calls itself not ready" : ""}.`,
        "Make room on that disk (old backups and logs first), or move DATA_DIR to a larger one while the portal is stopped.",
      ),
    );
  const memory = machine.freeMemory();
  if (memory < doctorRules.memory)
    found.push(
      warning(
        "machine.memory",
        `Only ${inMegabytes(memory)} of memory are left on this machine, and a start takes as much.`,
        "See what takes it (ps aux --sort=-rss | head), end what need not run here, or give the machine more.",
      ),
    );
  return found;
};

/** Node and packages against the list of holes that this release knows. No network. */
export const lookAtHoles: Look = ({ machine }) => {
  const now = machine.clock.now();
  const line = nodeLines.find(({ major }) => machine.node.startsWith(`${major}.`));
  const found: Finding[] = [];
  if (line !== undefined && isBefore(machine.node, line.fixed))
    found.push(
      fault(
        "node.hole",
        `Node ${machine.node} has known holes that ${line.fixed} does not have (${line.why}).`,
        `Install Node ${line.fixed} or newer, then start the portal again.`,
      ),
    );
  if (line?.endsAt !== undefined && now >= new Date(`${line.endsAt}T00:00:00Z`))
    found.push(
      hint(
        "node.ended",
        `Node ${line.major} gets no more fixes since ${line.endsAt}.`,
        "Install the newest Node that has long-term support, then start the portal again.",
      ),
    );
  for (const { name, fixed, why } of knownHoles) {
    const version = machine.packageVersion(name);
    if (version === null || !isBefore(version, fixed)) continue;
    found.push(
      fault(
        "package.hole",
        `The package ${name} ${version} has known holes that ${fixed} does not have (${why}).`,
        'Take the newest version of the portal (docs/operate.md, "Upgrade"), whose start installs its packages.',
      ),
    );
  }
  return found;
};
