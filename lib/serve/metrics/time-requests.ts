import type { IncomingMessage, Server, ServerResponse } from "node:http";
import { pathOf } from "@/lib/serve/exchange";
import { other } from "@/lib/serve/metrics/families";
import type { Labels, Metrics } from "@/lib/serve/metrics/registry";
import { isApiPath } from "@/lib/web/same-origin";

/** What the files of the build are called together. */
export const filesRoute = "/_next/static";

/** All of the JSON API: one route with many operations. */
const apiRoute = "/api/v2/[...path]";

/** `shapeOf`: the folder of the page that a path leads to; null for nobody's. `isFile`: is it a file of the build? */
export type Shapes = {
  readonly shapeOf: (path: string) => string | null;
  readonly isFile: (path: string) => boolean;
};

/** The words of the label `route`: the folders that the build has, and its files. */
export const routeWords = (routes: readonly string[]): readonly string[] => [filesRoute, ...routes];

/** Counts and times every request of `server` from now on, once its answer has been sent or its reader has left. */
export function timeRequests(server: Server, metrics: Pick<Metrics, "count" | "time">, shapes: Shapes): void {
  server.prependListener("request", (req: IncomingMessage, res: ServerResponse) => {
    const begun = performance.now();
    res.once("close", () => {
      const labels = labelsOf(req, res, shapes);
      metrics.count("sallyport_http_requests_total", labels);
      metrics.time("sallyport_http_request_seconds", labels, (performance.now() - begun) / 1000);
    });
  });
}

/**
 * What is told of a request. HEAD counts as GET; of any other method than POST neither the word nor the path is told, because no page has one. Whoever leaves before
 * the head of the answer is sent counts as 4xx.
 */
export function labelsOf(
  req: Pick<IncomingMessage, "method" | "url">,
  res: Pick<ServerResponse, "headersSent" | "statusCode">,
  shapes: Shapes,
): Labels {
  const method = req.method === "HEAD" ? "GET" : (req.method ?? "");
  const status = res.headersSent ? statusWord(res.statusCode) : "4xx";
  return { method, status, route: method === "GET" || method === "POST" ? routeOf(pathOf(req), shapes) : other };
}

/** "Later" is no fault: it has a word of its own. */
const statusWord = (code: number): string => (code === 503 ? "503" : `${Math.floor(code / 100)}xx`);

function routeOf(path: string, { shapeOf, isFile }: Shapes): string {
  if (isFile(path)) return filesRoute;
  return shapeOf(path) ?? (isApiPath(path) ? apiRoute : other);
}
