import { type IncomingHttpHeaders, request } from "node:http";
import { createServer, type Server } from "node:https";
import { generate } from "selfsigned";
import { ensure } from "@/lib/kernel/assert";

/** A proxy that ends TLS, as an operator's does. `url`: where browsers find it. `posts`: the headers of every form that passed. */
export type TlsProxy = {
  readonly url: string;
  readonly posts: readonly IncomingHttpHeaders[];
  passTo(port: number): void;
  close(): Promise<void>;
};

/**
 * Listens on a free port of localhost with a certificate of its own, made now, and passes everything on in plain http to the port that it
 * is told afterwards: the portal has to know the proxy's address first. `Host` stays, the client's address is said anew. `adds`: headers that
 * it puts into answers in the place of the portal's.
 */
export async function openTlsProxy(adds: Readonly<Record<string, string>> = {}): Promise<TlsProxy> {
  const { private: key, cert } = await generate([{ name: "commonName", value: "localhost" }], { keyType: "ec" });
  let target = 0;
  const posts: IncomingHttpHeaders[] = [];
  const server = createServer({ key, cert }, (req, res) => {
    if (req.method === "POST") posts.push(req.headers);
    const headers = { ...req.headers, "x-forwarded-for": req.socket.remoteAddress ?? "" };
    const inside = { host: "127.0.0.1", port: target, method: req.method, path: req.url, headers };
    const passed = request(inside, (answer) => {
      res.writeHead(answer.statusCode ?? 502, { ...answer.headers, ...adds });
      answer.pipe(res);
    });
    passed.once("error", () => res.destroy());
    req.pipe(passed);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const passTo = (port: number) => {
    target = port;
  };
  return { url: `https://localhost:${portOf(server)}`, posts, passTo, close: () => closed(server) };
}

function portOf(server: Server): number {
  const address = server.address();
  ensure(address !== null && typeof address === "object", "a TCP server has a port");
  return address.port;
}

function closed(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
