import type { Server } from "node:http";
import type { Socket } from "node:net";
import { setImmediate as nextTurn, setTimeout as pause } from "node:timers/promises";
import { type Duration, milliseconds, seconds } from "@/lib/kernel/duration";
import type { Gate } from "@/lib/serve/gate";

/** How a drain may take its time. */
export const drainTimes = {
  /** While a load balancer learns from /readyz that nobody should come any more, those who come are served. */
  lingering: seconds(2),
  /** How long requests under way may take to end. */
  ending: seconds(10),
  /** A line on which nothing was ever said is kept for this long: browsers open such lines beforehand. */
  silent: seconds(2),
  /** For how long nobody may have come before the door is closed, and how long that is waited for at most. */
  calm: milliseconds(150),
  looking: seconds(1),
} as const;

/** A door that can be closed: its server, the lines that are open to it, when the last one was opened, and the bar before what its visitors ask for. */
export type Door = {
  readonly server: Server;
  readonly lines: ReadonlySet<Socket>;
  readonly lastCame: () => number;
  readonly gate: Gate;
};

/** Keeps count of a server's open lines from now on. `gate`: where its requests wait while it closes. */
export function doorOf(server: Server, gate: Gate): Door {
  const lines = new Set<Socket>();
  let last = Number.NEGATIVE_INFINITY;
  server.on("connection", (line: Socket) => {
    last = performance.now();
    lines.add(line);
    line.once("close", () => lines.delete(line));
  });
  return { server, lines, lastCame: () => last, gate };
}

/**
 * Closes a door so that no request is lost that came through: first goes on serving for `lingering` (every answer says `Connection: close` by then, so that
 * clients come back on new lines, which then go elsewhere), then takes nobody in any more, and waits until everybody has their answer, at most ten
 * seconds. `cut`: settles when somebody cannot wait.
 */
export async function drain(door: Door, lingering: Duration, cut: Promise<void>): Promise<void> {
  const { server, gate } = door;
  await Promise.race([pause(lingering, undefined, { ref: false }), cut]);
  gate.lower();
  await Promise.race([quietMoment(door), cut]);
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  gate.raise();
  server.closeIdleConnections();
  const silence = setTimeout(() => dropSilent(door), drainTimes.silent).unref();
  await Promise.race([closed, pause(drainTimes.ending, undefined, { ref: false }), cut]);
  clearTimeout(silence);
  server.closeAllConnections();
}

/**
 * Ends right after a turn of the event loop in which nothing happened. A port that is closed resets every line that the system has taken for it and that we
 * have not; in such a turn all of them were, so that next to nobody can stand in between. That there is one even under the heaviest load, the lowered bar
 * sees to: nothing new is begun, who waits asks for nothing more, and who has just had an answer is given the time to come back and wait too.
 */
async function quietMoment({ gate, lastCame }: Door): Promise<void> {
  const begun = performance.now();
  const isCalm = () => gate.inside() === 0 && performance.now() - Math.max(begun, lastCame()) > drainTimes.calm;
  while (!isCalm() && performance.now() - begun < drainTimes.looking) await pause(5);
  const end = performance.now() + drainTimes.looking;
  for (let before = performance.now(); before < end; before = performance.now()) {
    await nextTurn();
    if (performance.now() - before < 0.1) return;
  }
}

function dropSilent({ lines }: Door): void {
  for (const line of lines) if (line.bytesRead === 0) line.destroy();
}
