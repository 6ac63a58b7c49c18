import { Agent, request } from "node:http";
import { setTimeout as pause } from "node:timers/promises";
import type { OwnPortal } from "@/lib/testing/hostile/own-portal";

/** One request of somebody who means harm, or of somebody who does not. */
export type Shot = {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer | null;
};

/** How long somebody else waited meanwhile, in milliseconds: half of the times, all but one in a hundred, and the longest. */
export type Waits = { readonly half: number; readonly most: number; readonly longest: number; readonly asked: number };

/** Sends all shots one after another from one client while another client asks for a page, and says how long that one waited. */
export async function waitsBeside(portal: OwnPortal, shots: Iterable<Shot>): Promise<Waits> {
  const [attacker, visitor] = [
    new Agent({ keepAlive: true, maxSockets: 1 }),
    new Agent({ keepAlive: true, maxSockets: 1 }),
  ];
  const times: number[] = [];
  const state = { isOver: false };
  const watching = watch(portal, visitor, times, state);
  for (const shot of shots) await send(portal, attacker, shot);
  state.isOver = true;
  await watching;
  attacker.destroy();
  visitor.destroy();
  times.sort((a, b) => a - b);
  const at = (share: number) => times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? 0;
  return { half: at(0.5), most: at(0.99), longest: times.at(-1) ?? 0, asked: times.length };
}

const glance: Shot = { method: "GET", path: "/login", headers: { accept: "text/html" }, body: null };

async function watch(portal: OwnPortal, agent: Agent, times: number[], state: { isOver: boolean }): Promise<void> {
  while (!state.isOver) {
    const begun = performance.now();
    const status = await send(portal, agent, glance);
    if (status !== 200) throw new Error(`Somebody else's page answered ${status}.`);
    times.push(performance.now() - begun);
    await pause(3);
  }
}

/** One exchange. Out: its status; null where the portal closed the line on a body that it will not read, which is an answer too. */
function send({ port, url }: OwnPortal, agent: Agent, { method, path, headers, body }: Shot): Promise<number | null> {
  return new Promise((resolve) => {
    const length = body === null ? {} : { "content-length": body.length };
    const all = { host: new URL(url).host, ...headers, ...length };
    const asked = request({ host: "127.0.0.1", port, agent, method, path, headers: all }, (answer) => {
      answer.resume().once("close", () => resolve(answer.statusCode ?? null));
    });
    asked.once("error", () => resolve(null)).end(body);
  });
}
