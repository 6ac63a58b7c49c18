import { createServer, request, type Server } from "node:http";
import { afterEach, expect, test } from "vitest";
import { metricsRules } from "@/lib/policy/metrics-rules";
import { linesIn, valueAt } from "@/lib/serve/metrics/metrics.kit";
import { type Metrics, makeMetrics } from "@/lib/serve/metrics/registry";
import { labelsOf, routeWords, timeRequests } from "@/lib/serve/metrics/time-requests";
import { shapesOf } from "@/lib/serve/route-shape";

const routes = ["/", "/login", "/welcome/[token]", "/security/factors/[id]", "/api/v2/[...path]", "/graphql/v2"];
const shapes = { shapeOf: shapesOf(routes), isFile: (path: string) => path.startsWith("/_next/static/") };
const found = { route: routeWords(routes), version: [] };
const open: { server: Server | null } = { server: null };

afterEach(() => {
  open.server?.close();
  open.server?.closeAllConnections();
});

test.each([
  ["GET", "/login?next=/security", 200, { route: "/login", method: "GET", status: "2xx" }],
  ["HEAD", "/login", 200, { route: "/login", method: "GET", status: "2xx" }],
  ["POST", "/welcome/a-secret-token", 303, { route: "/welcome/[token]", method: "POST", status: "3xx" }],
  ["GET", "/wp-login.php", 404, { route: "other", method: "GET", status: "4xx" }],
  ["GET", "/security/factors/1/../2", 404, { route: "other", method: "GET", status: "4xx" }],
  ["GET", "/_next/static/chunks/0a.js", 200, { route: "/_next/static", method: "GET", status: "2xx" }],
  ["POST", "/api/v2/mfa/totp/verify", 200, { route: "/api/v2/[...path]", method: "POST", status: "2xx" }],
  ["POST", "/graphql/v2", 200, { route: "/graphql/v2", method: "POST", status: "2xx" }],
  ["DELETE", "/api/v2/mfa/totp/authenticator", 200, { route: "other", method: "DELETE", status: "2xx" }],
  ["POST", "/login", 503, { route: "/login", method: "POST", status: "503" }],
  ["POST", "/login", 500, { route: "/login", method: "POST", status: "5xx" }],
  ["PROPFIND", "/login", 405, { route: "other", method: "PROPFIND", status: "4xx" }],
])("%s %s with %i is counted by its shape", (method, url, statusCode, labels) => {
  expect(labelsOf({ method, url }, { headersSent: true, statusCode }, shapes)).toEqual(labels);
});

test("whoever leaves before there is an answer counts as 4xx, whatever would have come", () => {
  const left = labelsOf({ method: "GET", url: "/login" }, { headersSent: false, statusCode: 200 }, shapes);
  expect(left).toEqual({ route: "/login", method: "GET", status: "4xx" });
});

test("twenty thousand odd requests are no more than a few lines, and nothing of them is in one", async () => {
  const metrics = makeMetrics(found);
  const before = linesIn(await metrics.text()).length;
  for (let one = 0; one < 20_000; one += 1) count(metrics, oddRequest(one));
  const text = await metrics.text();
  const added = linesIn(text).length - before;
  expect(added).toBeGreaterThan(5);
  expect(linesIn(text).length).toBeLessThanOrEqual(metricsRules.mostSeries);
  expect(added).toBeLessThanOrEqual((routes.length + 2) * (2 * 4 + 9) + 4);
  for (const odd of ["secret", "ada", "wp-", "BREW", "%00", "\u202e"]) expect(text).not.toContain(odd);
});

test("a request is counted once, when its answer has gone, with the time that it took", async () => {
  const metrics = makeMetrics(found, false);
  const ask = await serve(metrics);
  await ask("/login");
  await ask("/welcome/a-secret-token");
  await ask("/nobody/knows");
  const text = await metrics.text();
  expect(valueAt(text, 'sallyport_http_requests_total{route="/login",method="GET",status="2xx"}')).toBe(1);
  expect(valueAt(text, 'sallyport_http_requests_total{route="/welcome/[token]",method="GET",status="2xx"}')).toBe(1);
  expect(valueAt(text, 'sallyport_http_requests_total{route="other",method="GET",status="2xx"}')).toBe(1);
  expect(valueAt(text, 'sallyport_http_request_seconds_count{route="/login"}')).toBe(1);
  expect(valueAt(text, 'sallyport_http_request_seconds_bucket{le="10",route="/login"}')).toBe(1);
  expect(text).not.toContain("secret");
});

/** What scanners and bored people ask for: tokens, other people's programs, methods of their own. */
function oddRequest(one: number) {
  const urls = [
    "/welcome/secret",
    "/wp-admin/",
    "/ada@example.test/",
    "/%00/",
    "/\u202e/",
    "/api/v2/",
    "/security/factors/",
    "/?secret=",
  ];
  const methods = ["GET", "POST", "HEAD", "BREW", "PROPFIND", "OPTIONS", ""];
  return {
    asked: { method: `${methods[one % 7]}${one % 70 === 69 ? one : ""}`, url: `${urls[one % 8]}${one}` },
    answered: { headersSent: one % 3 > 0, statusCode: [200, 303, 404, 405, 500, 503, 421][one % 5] ?? 200 },
  };
}

function count(metrics: Metrics, { asked, answered }: ReturnType<typeof oddRequest>): void {
  const labels = labelsOf(asked, answered, shapes);
  metrics.count("sallyport_http_requests_total", labels);
  metrics.time("sallyport_http_request_seconds", labels, 0.01);
}

async function serve(metrics: Metrics): Promise<(path: string) => Promise<void>> {
  const server = createServer((_, res) => res.end("done"));
  open.server = server;
  timeRequests(server, metrics, shapes);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const port = typeof address === "object" ? address?.port : 0;
  return async (path) => {
    const closed = new Promise<void>((resolve) => {
      server.once("request", (_, res) => res.once("close", () => resolve()));
    });
    await new Promise<void>((resolve, reject) => {
      request({ host: "127.0.0.1", port, path, agent: false }, (got) => got.resume().once("end", resolve))
        .once("error", reject)
        .end();
    });
    await closed;
  };
}
