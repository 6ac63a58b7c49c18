import { createServer, type Server } from "node:http";
import type { Config } from "@/lib/config/read-config";
import { rangesOf } from "@/lib/kernel/address-range";
import { answerBrokenRequests } from "@/lib/serve/broken-request";
import { addressOf } from "@/lib/serve/incoming";
import { type Behind, makeListener } from "@/lib/serve/listener";
import { portSentence } from "@/scripts/port-sentence.mjs";

/** Node's own limits. Times in milliseconds, sizes in bytes. */
const limits = {
  maxHeaderSize: 16_384, // request line and all headers; beyond it 431
  headersTimeout: 10_000, // a client that dribbles its headers is cut off (slow loris)
  requestTimeout: 30_000, // 64 kB take a second on the worst line
  keepAliveTimeout: 75_000, // longer than the 60 seconds of common proxies, or they write into a closing line
  requireHostHeader: false, // a missing one gets our own answer
} as const;

/** The server of the public port, all doors in place, not yet listening. */
export function publicServer(
  config: Config,
  rest: Pick<Behind, "isOpen" | "isClosing" | "gate" | "files" | "pages" | "routeOf" | "knowsAction">,
): Server {
  const listener = makeListener({
    house: config,
    address: addressOf(config),
    trusted: rangesOf(config.trustedProxies),
    ...rest,
  });
  const server = createServer(limits, listener);
  answerBrokenRequests(server, config);
  return server;
}

/** Starts to listen; throws a sentence for the operator when the port cannot be had. */
export function listen(server: Server, { host, port }: Pick<Config, "host" | "port">): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", (fault: Error & { readonly code?: string }) =>
      reject(new Error(portSentence(fault, { name: "PORT", host, port }))),
    );
    server.listen(port, host, resolve);
  });
}
