import { readFileSync } from "node:fs";
import type { IncomingMessage, Server, ServerResponse } from "node:http";
import { createRequire } from "node:module";
import { join } from "node:path";
import { z } from "zod";
import { prepareEnvironment } from "@/lib/config/runtime";
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

type Handlers = {
  readonly requestHandler: (req: IncomingMessage, res: ServerResponse) => Promise<unknown>;
  readonly server: { readonly close: () => Promise<unknown> };
};
type Starter = { getRequestHandlers(options: Readonly<Record<string, unknown>>): Promise<Handlers> };

type Hooks = { ensureInstrumentationRegistered(dir: string, distDir: string): Promise<unknown> };

const otherNext = "This version of Next starts differently: lib/serve/next-server.ts must follow.";

/**
 * Loads the standalone build below `root` into this process, the way its own `server.js` does, but behind a server of
 * ours: that is what lets the doors see every request first. Throws when there is no build.
 */
export async function loadPages(
  root: string,
  server: Server,
  listening: { host: string; port: number },
): Promise<Pages> {
  const dir = join(root, ".next", "standalone");
  const { config } = built.parse(JSON.parse(readFileSync(join(dir, ".next", "required-server-files.json"), "utf8")));
  const listed = readFileSync(join(dir, ".next", "server", "server-reference-manifest.json"), "utf8");
  const actions = new Set(Object.keys(actionList.parse(JSON.parse(listed)).node));
  prepareEnvironment(config);
  refuseInnerRequests();
  const load = createRequire(join(dir, "server.js"));
  load("next");
  const starter: unknown = load("next/dist/server/lib/start-server");
  if (!isStarter(starter)) throw new Error(otherNext);
  const handlers = await withoutChatter(() =>
    starter.getRequestHandlers({
      dir,
      server,
      port: listening.port,
      hostname: listening.host,
      // quiet: Next's own error log prints messages, which quote people's input; instrumentation.ts logs a line instead
      isDev: false,
      minimalMode: false,
      quiet: true,
    }),
  );
  const hooks: unknown = load("next/dist/server/lib/router-utils/instrumentation-globals.external");
  if (!isHooks(hooks)) throw new Error(otherNext);
  await hooks.ensureInstrumentationRegistered(dir, ".next"); // Next itself would wait for the first visitor
  return {
    answer: async (req, res) => void (await handlers.requestHandler(req, res)),
    routeOf: routeShapes(join(dir, ".next")),
    knowsAction: (id) => actions.has(id),
    close: async () => void (await handlers.server.close()),
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

function isStarter(module: unknown): module is Starter {
  return typeof module === "object" && module !== null && "getRequestHandlers" in module;
}

function isHooks(module: unknown): module is Hooks {
  return typeof module === "object" && module !== null && "ensureInstrumentationRegistered" in module;
}

/**
 * After an action that redirects, Next asks itself for the next page over HTTP, at `APP_URL`: out through the operator's
 * proxy and back in, under this machine's address, and all of it within the answer to the action. Those requests (it
 * marks them as internal) get an empty answer; the browser then opens the next page itself, as it does without scripts.
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
