import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { bundle } from "../bundle.mjs";
import { root } from "../run-step.mjs";
import { stopsWithin, timedStop } from "./house.mjs";

/** Stops a container while 36 visitors ask it one thing after the other, and none of them may lose an answer. Out: how that went. */
export async function stopUnderLoad(workshop, { origin, port }, name) {
  await bundle(["lib/testing/visitors.ts"]);
  const { inTurn, visitUntilClosed } = await import(join(root, ".sallyport", "visitors.mjs"));
  const visiting = visitUntilClosed({ port, visitors: 36, asked: inTurn(origin) });
  await pause(2_000);
  const seconds = await timedStop(workshop, name);
  const { answers, lost } = await visiting;
  const count = Object.values(answers).reduce((sum, more) => sum + more, 0);
  if (lost.length > 0) throw new Error(`${lost.length} of ${count} requests were lost: ${lost[0]}`);
  if (seconds > stopsWithin.underLoad) throw new Error(`it took ${seconds.toFixed(1)} s`);
  return `${seconds.toFixed(1)} s, ${count} requests answered, none lost`;
}
