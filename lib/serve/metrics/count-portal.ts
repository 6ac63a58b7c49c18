import type { Server } from "node:http";
import { portalVersion } from "@/lib/kernel/version";
import { countTallies } from "@/lib/serve/metrics/count-tally";
import { makeMetrics } from "@/lib/serve/metrics/registry";
import { type House, makeScrape } from "@/lib/serve/metrics/scrape";
import { routeWords, timeRequests } from "@/lib/serve/metrics/time-requests";
import { bootReport } from "@/lib/serve/portal-state";
import { readRoutes, shapesOf } from "@/lib/serve/route-shape";

/** `server`: of the public port; `dir`: the build. */
type Portal = Pick<House, "dataDir" | "isOpen" | "backupEvery"> & { readonly server: Server; readonly dir: string };

/** Counts everything that happens in this process from now on, and returns how to tell it. */
export function countPortal({ server, dir, ...house }: Portal) {
  const routes = readRoutes(dir);
  const metrics = makeMetrics({ route: routeWords(routes), version: [portalVersion] });
  metrics.set("sallyport_info", { version: portalVersion }, 1);
  countTallies(metrics);
  timeRequests(server, metrics, {
    shapeOf: shapesOf(routes),
    isFile: (path) => path.startsWith("/_next/static/"),
  });
  const figures = () => (house.isOpen() ? (bootReport()?.figures ?? null) : null);
  return { contentType: metrics.contentType, scrape: makeScrape(metrics, { ...house, figures }) };
}
