import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import "./check-node.mjs";

const { freePort, startPortal } = await import("./bench/portal.mjs");
const { layOutCopy } = await import("./bench/trees.mjs");
const { bundle } = await import("./bundle.mjs");
const { ensureTools } = await import("./prepare.mjs");
const { root } = await import("./run-step.mjs");
const { giveUp, say } = await import("./say.mjs");

/**
 * `npm run drain [-- TIMES]`: stops a portal ten times with SIGTERM while 36 visitors ask one thing after the other, pages and forms. Exits 1 when a request
 * that reached the open port got no answer, when the health port said "ready" after the door had closed or was gone before it, or on an odd exit code.
 */
const times = Number(process.argv[2] ?? 10);
if (!Number.isInteger(times) || times < 1 || times > 100) giveUp("Give a number of stops between 1 and 100.");

await ensureTools();
await bundle(["lib/testing/visitors.ts"]);
const { inTurn, visitUntilClosed } = await import(join(root, ".sallyport", "visitors.mjs"));
const copy = await layOutCopy();
let failed = 0;
for (let time = 1; time <= times; time += 1) {
  const { visited, health, code, seconds } = await stopOnce();
  const answers = Object.entries(visited.answers);
  const isWell =
    visited.lost.length === 0 && health.order === "first" && code === 0 && answers.every(([status]) => status < 500);
  if (!isWell) failed += 1;
  const told = answers.map(([status, count]) => `${count} × ${status}`).join(", ");
  say(
    `${isWell ? "ok  " : "FAIL"} stop ${time}: ${told}, lost ${visited.lost.length}; not ready ${health.order}, after ${health.after} ms; exit code ${code} after ${seconds} s`,
  );
  for (const why of new Set(visited.lost)) say(`     ${why}`);
}
say(`${times - failed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;

async function stopOnce() {
  const healthPort = await freePort();
  const { port, origin, stop } = await startPortal(copy, { HEALTH_PORT: String(healthPort) });
  const visiting = visitUntilClosed({ port, visitors: 36, asked: inTurn(origin) });
  let isClosed = false;
  visiting.finally(() => {
    isClosed = true;
  });
  await pause(2_000);
  const begun = performance.now();
  const watching = watch(healthPort, () => isClosed, begun);
  const code = await stop();
  const seconds = ((performance.now() - begun) / 1000).toFixed(1);
  return { visited: await visiting, health: await watching, code, seconds };
}

/** When the health port first said that nobody should come any more: before or after the door was closed. */
async function watch(port, isClosed, begun) {
  for (;;) {
    const status = await fetch(`http://127.0.0.1:${port}/readyz`).then(
      (got) => got.status,
      () => 0,
    );
    const after = Math.round(performance.now() - begun);
    if (status === 503) return { order: isClosed() ? "too late" : "first", after };
    if (status === 0) return { order: "never", after };
    await pause(5);
  }
}
