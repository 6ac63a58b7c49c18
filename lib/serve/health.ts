import { statfs } from "node:fs/promises";
import { createServer, type Server, type ServerResponse } from "node:http";
import { bootReport, type Readiness } from "@/lib/serve/portal-state";
import { portSentence } from "@/scripts/port-sentence.mjs";

/** Below this much free space counters and events may soon fail to be written, so the portal calls itself not ready. */
const leastFreeBytes = 200 * 1024 * 1024;

/** What the answers depend on. `isStopping` turns readiness off while requests drain. */
export type Watched = { readonly dataDir: string; readonly isOpen: () => boolean };

/**
 * Listens on loopback for monitoring: `/healthz` says that the process runs, `/readyz` that it can do its work (503 and
 * the names of what fails otherwise). Both answer JSON without a secret in it.
 */
export async function serveHealth(port: number, watched: Watched): Promise<Server> {
  const server = createServer((req, res) => {
    if (req.url === "/healthz") return answer(res, 200, { status: "ok" });
    if (req.url !== "/readyz") return answer(res, 404, { status: "unknown" });
    readiness(watched).then(
      ({ isReady, why }) => answer(res, isReady ? 200 : 503, { status: isReady ? "ready" : "not ready", why }),
      () => answer(res, 503, { status: "not ready", why: ["check failed"] }),
    );
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", (fault) =>
      reject(new Error(portSentence(fault, { name: "HEALTH_PORT", host: "127.0.0.1", port }))),
    );
    server.listen(port, "127.0.0.1", resolve);
  });
  return server;
}

async function readiness({ dataDir, isOpen }: Watched): Promise<Readiness> {
  if (!isOpen()) return { isReady: false, why: ["not open"] };
  const [house, disk] = await Promise.all([bootReport()?.readiness(), freeBytes(dataDir)]);
  const why = [...(house?.why ?? ["not booted"]), ...(disk < leastFreeBytes ? ["disk"] : [])];
  return { isReady: why.length === 0, why };
}

async function freeBytes(folder: string): Promise<number> {
  const { bavail, bsize } = await statfs(folder);
  return bavail * bsize;
}

function answer(res: ServerResponse, status: number, body: Readonly<Record<string, unknown>>): void {
  res.writeHead(status, { "content-type": "application/json", "cache-control": "no-store" });
  res.end(`${JSON.stringify(body)}\n`);
}
