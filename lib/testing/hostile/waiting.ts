import { Agent, request } from "node:http";
import { setTimeout as pause } from "node:timers/promises";
import type { OwnPortal } from "@/lib/testing/hostile/own-portal";

/** One request of somebody who means harm, or of somebody who does not, and what to call it. */
export type Shot = {
  readonly name: string;
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer | null;
  /** It goes to the port for monitoring. */
  readonly isForHealth?: true;
};

/** One look of somebody else: how long they waited, in milliseconds, and what was sent last before they were answered. */
export type Look = { readonly waited: number; readonly during: Shot };

/** How long somebody else waited, in milliseconds: half of the times, all but one in a hundred, and the longest. */
export type Waits = { readonly half: number; readonly most: number; readonly longest: number };

/** Sends all shots one after another from one client while another client asks for a page, and says how long that one waited each time. */
export async function looksBeside(portal: OwnPortal, shots: Iterable<Shot>): Promise<readonly Look[]> {
  const [attacker, visitor] = [
    new Agent({ keepAlive: true, maxSockets: 1 }),
    new Agent({ keepAlive: true, maxSockets: 1 }),
  ];
  const looks: Look[] = [];
  const state = { isOver: false, sent: glance };
  const watching = watch(portal, visitor, looks, state);
  for (const shot of shots) {
    state.sent = shot;
    await send(portal, attacker, shot);
  }
  state.isOver = true;
  await watching;
  attacker.destroy();
  visitor.destroy();
  return looks;
}

/** The figures of some looks, of which there must be one. */
export function waitsOf(looks: readonly Look[]): Waits {
  const sorted = looks.map(({ waited }) => waited).sort((one, other) => one - other);
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
  const [half, most, longest] = [at(0.5), at(0.99), at(1)];
  if (half === undefined || most === undefined || longest === undefined) throw new Error("Nobody looked.");
  return { half, most, longest };
}

const glance: Shot = { name: "", method: "GET", path: "/login", headers: { accept: "text/html" }, body: null };

async function watch(
  portal: OwnPortal,
  agent: Agent,
  looks: Look[],
  state: { isOver: boolean; sent: Shot },
): Promise<void> {
  while (!state.isOver) {
    const begun = performance.now();
    const status = await send(portal, agent, glance);
    if (status !== 200) throw new Error(`Somebody else's page answered ${status}.`);
    looks.push({ waited: performance.now() - begun, during: state.sent });
    await pause(10);
  }
}

/** One exchange. Out: its status; null where the portal closed the line on a body that it will not read, which is an answer too. */
export function send({ port, healthPort, url }: OwnPortal, agent: Agent, shot: Shot): Promise<number | null> {
  const { method, path, headers, body } = shot;
  return new Promise((resolve) => {
    const length = body === null ? {} : { "content-length": body.length };
    const all = { host: new URL(url).host, ...headers, ...length };
    const to = { host: "127.0.0.1", port: shot.isForHealth ? healthPort : port, agent };
    const asked = request({ ...to, method, path, headers: all }, (answer) => {
      answer.resume().once("close", () => resolve(answer.statusCode ?? null));
    });
    asked.once("error", () => resolve(null)).end(body);
  });
}
