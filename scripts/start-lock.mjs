import { join } from "node:path";
import { becomeOwner, ownersOf } from "./one-owner.mjs";
import { root } from "./run-step.mjs";

/**
 * The first of two moments: who works in this checkout, from before its packages are installed until its portal ends. Nobody exchanges packages or
 * pages under it. Which data folder it will serve is not known yet; that one is taken later (`lib/serve/instance-lock.ts`), when there is a build
 * and the settings are read.
 */
const place = join(root, ".sallyport", "lock");

let ours = null;

/**
 * Takes the checkout for this process until it ends. Returns null when it is ours, else what its holder says: { pid, address, mark }, where
 * address is missing while it still prepares, and everything where it does not answer. A holder that was killed does not count.
 */
export async function takeFolder() {
  const claim = await becomeOwner(place, JSON.stringify({ pid: process.pid }));
  if (claim.kind === "taken") return heard(claim.by);
  ours = claim;
  process.on("exit", claim.release);
  return null;
}

/** Says from now on that the portal answers at `address`, and out of which sources it came (`mark`). */
export function noteRunning(address, mark) {
  ours.say(JSON.stringify({ pid: process.pid, address, mark }));
}

/** Who holds the checkout, as `takeFolder` tells it; null when nobody does. Changes nothing. */
export async function folderHolder() {
  const [words] = await ownersOf(place);
  return words === undefined ? null : heard(words);
}

/** Silence is somebody too: one that is stopped, or stuck. */
function heard(words) {
  try {
    return JSON.parse(words);
  } catch {
    return {};
  }
}
