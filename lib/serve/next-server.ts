import { readFileSync } from "node:fs";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { createRequire } from "node:module";
import { join } from "node:path";
import type next from "next";
import * as z from "zod";
import { prepareEnvironment } from "@/lib/config/runtime";
import { shareOneContext } from "@/lib/serve/one-context";
import { routeShapes } from "@/lib/serve/route-shape";

/** Next, ready to answer. */
export type Pages = {
  answer(req: IncomingMessage, res: ServerResponse): Promise<void>;
  /** The route that a path leads to, as its folder is called (`/welcome/[token]`); null for a path of nobody's. */
  routeOf(path: string): string | null;
  /** Has the build a server action of this name? Next would write a stack of its own into the log for one that it has not. */
  knowsAction(id: string): boolean;
  close(): Promise<void>;
};

const built = z.object({ config: z.record(z.string(), z.unknown()) });
const actionList = z.object({ node: z.record(z.string(), z.unknown()) });

type Hooks = { ensureInstrumentationRegistered(dir: string, distDir: string): Promise<unknown> };

const otherNext = "This version of Next starts differently: lib/serve/next-server.ts must follow.";

/**
 * Loads the standalone build below `root` into this process by Next's public way for servers of one's own, behind ours: that is what lets
 * the doors see every request first. Throws when there is no build.
 */
export async function loadPages(root: string, listening: { host: string; port: number }): Promise<Pages> {
  const dir = join(root, ".next", "standalone");
  const { config } = built.parse(JSON.parse(readFileSync(join(dir, ".next", "required-server-files.json"), "utf8")));
  const listed = readFileSync(join(dir, ".next", "server", "server-reference-manifest.json"), "utf8");
  const actions = new Set(Object.keys(actionList.parse(JSON.parse(listed)).node));
  prepareEnvironment(config);
  refuseInnerRequests();
  shareOneContext();
  const load = createRequire(join(dir, "server.js"));
  const startNext: typeof next = load("next");
  const app = startNext({
    dir,
    dev: false,
    // quiet: Next's own error log prints messages, which quote people's input; instrumentation.ts logs a line instead
    quiet: true,
    port: listening.port,
    hostname: listening.host,
    httpServer: createServer(), // it would listen for upgrades there, past the doors: nobody comes to this one
  });
  await withoutChatter(() => app.prepare());
  const hooks: unknown = load("next/dist/server/lib/router-utils/instrumentation-globals.external");
  if (!isHooks(hooks)) throw new Error(otherNext);
  // there is no public way: Next itself would wait for the first visitor, and keep a fault of the start to itself (decision 0040)
  await hooks.ensureInstrumentationRegistered(dir, ".next");
  const answer = app.getRequestHandler();
  return {
    answer: (req, res) => answer(req, res),
    routeOf: routeShapes(join(dir, ".next")),
    knowsAction: (id) => actions.has(id),
    close: () => app.close(),
  };
}

/** Next tells a terminal how long it read its settings. The start's own sentences are for a person; warnings and errors stay. */
async function withoutChatter<T>(load: () => Promise<T>): Promise<T> {
  const { log } = console;
  console.log = () => undefined;
  try {
    return await load();
  } finally {
    console.log = log;
  }
}

function isHooks(module: unknown): module is Hooks {
  return typeof module === "object" && module !== null && "ensureInstrumentationRegistered" in module;
}

/**
 * After an action that redirects, Next asks itself for the next page over HTTP, at `APP_URL`: out through the operator's
 * proxy and back in, under this machine's address, and all of it within the answer to the action. Those requests (it
 * marks them as internal, and has no setting to leave them off) get an empty answer; the browser then opens the next page itself, as it does without scripts.
 */
function refuseInnerRequests(): void {
  const fetchOutside = globalThis.fetch;
  globalThis.fetch = async (input, init) =>
    isInner(init) ? new Response(null, { status: 204 }) : fetchOutside(input, init);
}

function isInner(init: RequestInit | undefined): boolean {
  const mark: unknown = init !== undefined && "next" in init ? init.next : null;
  return typeof mark === "object" && mark !== null && "internal" in mark;
}
