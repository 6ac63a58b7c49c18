import { setTimeout as pause } from "node:timers/promises";
import { type Knock, knock } from "@/lib/db/built-in-knock";
import { addressOf, findPostmaster, removeStaleNote } from "@/lib/db/built-in-postmaster";
import { type Grounds, type Running, stopServer } from "@/lib/db/built-in-server";

const recoveryAtMost = 300_000;
const fullAtMost = 60_000;
const hungAfter = 10_000;

/**
 * Takes over the server that a crashed portal left running on this data directory: proved by our password, of our
 * version. One of another version is stopped, as is one that is silent for ten seconds; one that answers "later" is waited for. Null when
 * nothing is left to take over. Only for whoever holds the data folder: to anybody else a full server looks like a dead one.
 */
export async function adoptServer({ place, binaries, say, signal: over }: Grounds): Promise<Running | null> {
  const start = performance.now();
  await removeStaleNote(place);
  for (let found = await findPostmaster(place); found !== null; found = await findPostmaster(place)) {
    over?.throwIfAborted();
    const url = await addressOf(place, found);
    const answer: Knock =
      url !== null && found.isReady ? await knock(url) : { kind: found.isReady ? "refused" : "busy", reason: "" };
    if (url !== null && answer.kind === "in" && answer.version === binaries.version) {
      say("Found the database still running; using it.");
      return { url, pid: found.pid, child: null };
    }
    if (isToBeStopped(answer, performance.now() - start)) {
      say("Stopping a database that was left running and does not answer…");
      await stopServer(found.pid);
    } else if (performance.now() - start > patienceWith(answer)) {
      throw new Error(
        `The database that was left running (process ${found.pid}) does not let the portal in: ${answer.reason}. End what else uses it, or stop it (kill -INT ${found.pid}), and start again.`,
      );
    }
    await pause(100);
  }
  return null;
}

/** What answers is not dead: only another version, a lost password and a long silence are reasons to stop a server. */
function isToBeStopped({ kind }: Knock, waited: number): boolean {
  if (kind === "in" || kind === "refused") return true;
  return kind === "silent" && waited > hungAfter;
}

/** A server in recovery gives no reason; one whose connections are all taken does. */
const patienceWith = ({ reason }: Knock) => (reason === "" ? recoveryAtMost : fullAtMost);
