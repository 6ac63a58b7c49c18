import { readFileSync } from "node:fs";
import { totalmem } from "node:os";
import { mayNotWrite } from "./refusal.mjs";
import { root } from "./run-step.mjs";

/** Measured: the whole tree of `next build` at its peak, on two cores. */
const buildNeeds = "about 1.3 GB";

const isKilled = ({ code, signal }) => signal === "SIGKILL" || code === 137;
/** Written in small letters; compared one by one, because one expression of them all was too long to be judged the same each time. */
const memoryWords = ["sigkill", "out of memory", "allocation failed", "cannot allocate memory", "bad_alloc"];

function ranOutOfMemory(output) {
  const text = output.toLowerCase();
  if (memoryWords.some((words) => text.includes(words))) return true;
  return /\benomem\b/.test(text) || /memory allocation of \d{1,20} bytes failed/.test(text);
}

/** How many bytes this process and its children may have: the machine's, or less where a container or a service sets a limit. */
export function memoryLimit() {
  const limits = ["/sys/fs/cgroup/memory.max", "/sys/fs/cgroup/memory/memory.limit_in_bytes"].map((path) => {
    try {
      return Number(readFileSync(path, "utf8")) || Number.POSITIVE_INFINITY; // "max" is none
    } catch {
      return Number.POSITIVE_INFINITY;
    }
  });
  return Math.min(totalmem(), process.constrainedMemory?.() || Number.POSITIVE_INFINITY, ...limits);
}

const inGigabytes = (bytes) => `${(bytes / 2 ** 30).toFixed(1)} GB`;

/** Causes that can be read off how a step ended and what it printed, whatever the step was. */
const common = [
  {
    is: (end) => isKilled(end) || ranOutOfMemory(end.output),
    say: () =>
      `Memory ran out: the system ended this step. Building needs ${buildNeeds} of memory that is free; here are ${inGigabytes(memoryLimit())} in all. Give the machine more, add swap, or stop what else runs, and try again.`,
  },
  {
    is: ({ output }) => /\bENOSPC\b|\bEDQUOT\b|No space left on device|Disk quota exceeded/i.test(output),
    say: () => "The disk is full. Make room (packages and pages need about 1.5 GB) and try again.",
  },
  {
    is: ({ output }) => /\bEROFS\b|Read-only file system/i.test(output),
    say: () => `The folder ${root} lies on a file system that is read-only. Move it to one that can be written.`,
  },
  {
    is: ({ output }) => /\bEACCES\b|\bEPERM\b|Permission denied/i.test(output),
    say: ({ output }) => mayNotWrite(deniedPath(output)),
  },
];

const registry = [
  {
    is: ({ code }) => code === 127,
    say: () => "npm was not found. It comes with Node: install Node again, or put npm on the PATH.",
  },
  {
    is: ({ output }) => /SELF_SIGNED_CERT|UNABLE_TO_(?:VERIFY|GET)|CERT_HAS_EXPIRED|DEPTH_ZERO/.test(output),
    say: () =>
      "The certificate of the package registry is not trusted here. Where a proxy of your own stands between, name its certificate in NODE_EXTRA_CA_CERTS.",
  },
  {
    is: ({ output }) => /\bE40[0-9]\b|\bE5\d\d\b/.test(output),
    say: () =>
      "The package registry was reached and refused. Look at the lines above, and at npm's settings (npm config list).",
  },
  {
    is: ({ output }) => /\bEINTEGRITY\b/.test(output),
    say: () =>
      "A package is not the one that package-lock.json names. Do not use it: see what stands between you and the registry.",
  },
  {
    is: ({ output }) => /\bEUSAGE\b/.test(output),
    say: () =>
      "package.json and package-lock.json do not fit together. Bring both back as they were: git checkout package.json package-lock.json",
  },
  {
    is: ({ output }) =>
      /\b(?:ENOTFOUND|ECONNREFUSED|ECONNRESET|ETIMEDOUT|EAI_AGAIN|ENETUNREACH|EHOSTUNREACH|ERR_SOCKET_TIMEOUT|EIDLETIMEOUT)\b|network/i.test(
        output,
      ),
    say: () => "The package registry cannot be reached. Check the network (and npm's proxy settings), and try again.",
  },
];

/** The path in a line such as `npm error path /srv/x`, or `Error: EACCES: permission denied, open '/srv/x'`. */
function deniedPath(output) {
  const line =
    output
      .split("\n")
      .find(
        (each) => each.startsWith("npm error path /") || (/\b(?:EACCES|EPERM)\b/.test(each) && each.includes("'/")),
      ) ?? "";
  const path = line.includes("'/") ? line.split("'").find((part) => part.startsWith("/")) : line.split(" path ")[1];
  return path ?? `something in ${root}`;
}

/** Why npm could not install, in a sentence. In: { code, signal, output } of the step. */
export const whyNotInstalled = (end) =>
  causeOf(end, [...common, ...registry]) ?? "The packages could not be installed. Look at the lines above.";

/** The same for a step that reads and writes this folder only; `otherwise` where nothing is known. */
export const whyNotDone = (end, otherwise) => causeOf(end, common) ?? otherwise;

function causeOf(end, causes) {
  return causes.find(({ is }) => is(end))?.say(end) ?? null;
}
