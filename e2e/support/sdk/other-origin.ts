import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { join } from "node:path";
import { ensure } from "@/lib/kernel/assert";

/** A web page of somebody else's: its origin, and how to take it away. */
export type OtherOrigin = { readonly origin: string; close(): Promise<void> };

const bundle = join(import.meta.dirname, "../../../node_modules/authing-js-sdk/build/browser/index.min.js");
const page =
  '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Looms</title><link rel="icon" href="data:,">' +
  '<script src="/sdk.js"></script></head><body><h1>Looms</h1></body></html>';

/** Serves a page with the package's own browser bundle, unmodified, from another port: to a browser that is another origin. */
export async function openOtherOrigin(): Promise<OtherOrigin> {
  const sdk = await readFile(bundle);
  const server = createServer((request, response) => {
    const isSdk = request.url === "/sdk.js";
    response.writeHead(200, { "content-type": isSdk ? "text/javascript" : "text/html" }).end(isSdk ? sdk : page);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  ensure(address !== null && typeof address === "object", "a TCP server has a port");
  const close = () => new Promise<void>((resolve) => server.close(() => resolve()).closeAllConnections());
  return { origin: `http://localhost:${address.port}`, close };
}
