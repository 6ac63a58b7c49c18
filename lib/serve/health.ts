import { statfs } from "node:fs/promises";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { isLoopbackHost } from "@/lib/config/values";
import { systemClock } from "@/lib/kernel/clock";
import { faultLine } from "@/lib/kernel/fault-line";
import { logLine } from "@/lib/kernel/log";
import { sampler } from "@/lib/kernel/sampler";
import { policy } from "@/lib/policy/policy";
import { type Guarded, refusedMetrics } from "@/lib/serve/metrics/endpoint";
import { bootReport, isHourRight, type Readiness } from "@/lib/serve/portal-state";
import { portSentence } from "@/scripts/port-sentence.mjs";

/** Below this much free space counters and events may soon fail to be written, so the portal calls itself not ready. */
const leastFreeBytes = 200 * 1024 * 1024;

/** Nobody who monitors needs longer, or says more. Times in milliseconds, sizes in bytes. */
const limits = { maxHeaderSize: 8_192, headersTimeout: 10_000, requestTimeout: 10_000 } as const;

/** What the answers depend on. `isOpen`: is everybody served who comes? `metrics`: what /metrics tells, and to whom. */
export type Watched = { readonly dataDir: string; readonly isOpen: () => boolean; readonly metrics: Told };

/** What is told at /metrics, and what whoever asks must bring. */
type Told = Pick<Guarded, "token"> & { readonly contentType: string; readonly scrape: () => Promise<string> };

/** Where it listens: an address of this machine, or a name of one. */
type Place = { readonly host: string; readonly port: number };

/**
 * Listens for monitoring: `/healthz` says that the process runs, `/readyz` that it can do its work (503 otherwise). Both answer JSON without a secret in
 * it; what fails is named on loopback only, because elsewhere it would tell strangers when an attack bears fruit. `/metrics` is for whoever
 * `refusedMetrics` lets. Throws a sentence for the operator when the port cannot be had.
 */
export async function serveHealth({ host, port }: Place, watched: Watched): Promise<Server> {
  const look = oneLookForAll(watched);
  const isHere = isLoopbackHost(host);
  const server = createServer(limits, (req, res) => {
    if (req.url === "/healthz") return answer(res, 200, { status: "ok" });
    if (req.url === "/metrics") return void answerMetrics(req, res, { ...watched.metrics, isHere });
    if (req.url !== "/readyz") return answer(res, 404, { status: "unknown" });
    void look().then(({ isReady, why }) =>
      answer(res, isReady ? 200 : 503, { status: isReady ? "ready" : "not ready", ...(isHere && { why }) }),
    );
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", (fault) => reject(new Error(portSentence(fault, { name: "HEALTH_PORT", host, port }))));
    server.listen(port, host, resolve);
  });
  return server;
}

async function answerMetrics(req: IncomingMessage, res: ServerResponse, told: Told & Guarded): Promise<void> {
  const refused = refusedMetrics(req, told);
  if (refused !== null) {
    if (refused.status === 401) res.setHeader("www-authenticate", "Bearer");
    return answer(res, refused.status, { status: refused.status === 401 ? "wrong token" : "unknown" });
  }
  try {
    const text = await told.scrape();
    res.writeHead(200, { "content-type": told.contentType, "cache-control": "no-store" });
    res.end(text);
  } catch (fault) {
    logLine("error", "metrics.not_told", faultLine(fault));
    answer(res, 500, { status: "failed" });
  }
}

/** A look asks the database and writes a row: however many ask at once, one is under way. */
function oneLookForAll(watched: Watched): () => Promise<Readiness> {
  let looking: Promise<Readiness> | null = null;
  return () => {
    looking ??= readiness(watched)
      .catch((fault: unknown) => notLooked(fault))
      .finally(() => {
        looking = null;
      });
    return looking;
  };
}

/** Balancers ask each second: a line once in a while says all of it. */
const samples = sampler(policy.requests.oddLines);

function notLooked(fault: unknown): Readiness {
  const sample = samples("health.not_looked", systemClock.now());
  if (sample !== null) logLine("error", "health.not_looked", { ...faultLine(fault), leftOut: sample.leftOut });
  return { isReady: false, why: ["check failed"] };
}

async function readiness({ dataDir, isOpen }: Watched): Promise<Readiness> {
  if (!isOpen()) return { isReady: false, why: ["not open"] };
  const [house, disk] = await Promise.all([bootReport()?.readiness(), freeBytes(dataDir)]);
  const found = [...(house?.why ?? ["not booted"]), ...(isHourRight() ? [] : ["clock"])];
  const why = [...new Set(found), ...(disk < leastFreeBytes ? ["disk"] : [])];
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
