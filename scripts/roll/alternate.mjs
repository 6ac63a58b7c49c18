import { connect, createServer } from "node:net";
import { setTimeout as pause } from "node:timers/promises";

/**
 * A load balancer as small as can be: each new line goes to the next portal whose `/readyz` says 200, asked four times a second; to another
 * one where that is refused. It keeps nobody on one portal, which is harder than any real one is. `portals`: { port, healthPort }. Out: its
 * port, `untilReady(port)`, why lines were `lost`, and how to close it.
 */
export async function alternate(portals) {
  const ready = new Set();
  const answering = new Set();
  const lost = [];
  let turn = 0;
  let isOpen = true;
  const watch = async ({ port, healthPort }) => {
    for (; isOpen; await pause(250)) {
      const answer = await fetch(`http://127.0.0.1:${healthPort}/readyz`).catch(() => null);
      for (const [ports, isOne] of [
        [answering, answer !== null],
        [ready, answer?.ok === true],
      ])
        isOne ? ports.add(port) : ports.delete(port);
    }
  };
  const watching = portals.map(watch);
  const server = createServer((visitor) => {
    turn += 1;
    // where none is ready just now, one that answers is asked all the same: a portal under load may be slow to say that it is well
    const some = ready.size > 0 ? ready : answering;
    const ports = portals.map(({ port }) => port).filter((port) => some.has(port));
    const inTurn = ports.map((_, place) => ports[(turn + place) % ports.length]);
    visitor.on("error", () => undefined);
    lead(visitor, inTurn, lost);
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  const untilReady = async (port) => {
    while (!ready.has(port)) await pause(50);
  };
  const close = async () => {
    isOpen = false;
    server.close();
    await Promise.all(watching);
  };
  return { port: server.address().port, untilReady, lost, close };
}

/** To the first of these ports that takes the line: nothing was said on it yet, so that nothing is said twice. */
function lead(visitor, [port, ...others], lost) {
  const drop = (why) => {
    lost.push(why);
    visitor.destroy();
  };
  if (port === undefined) return drop("no portal took the line");
  const portal = connect({ port, host: "127.0.0.1", noDelay: true }, () => {
    portal.off("error", elsewhere);
    portal.on("error", ({ code }) => drop(`${port} broke the line off (${code})`));
    visitor.pipe(portal).pipe(visitor);
    visitor.once("close", () => portal.destroy());
  });
  const elsewhere = () => lead(visitor, others, lost);
  portal.once("error", elsewhere);
}
