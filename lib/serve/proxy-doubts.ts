import type { Client } from "@/lib/serve/client-address";
import { logLine } from "@/lib/serve/log";

type Doubt = NonNullable<Client["doubt"]>;

/** What the operator reads, once each. The first word of a stranger's header never stands in it. */
const sentences: Readonly<Record<Doubt, (peer: string) => string>> = {
  unreadable: (peer) =>
    `The trusted proxy ${peer} wrote an X-Forwarded-For that ends in no IP address. Everybody behind it counts as one visitor, whose wrong tries keep all others waiting. Let it write the client's address there (docs/operate.md, "Behind a proxy").`,
  untrusted: (peer) =>
    `Requests from ${peer} carry X-Forwarded-For, but TRUSTED_PROXIES does not name it. If that is your proxy, everybody behind it counts as one visitor, whose wrong tries keep all others waiting: set TRUSTED_PROXIES=${peer} and start again (docs/operate.md, "Behind a proxy").`,
};

/**
 * Tells the operator about a proxy that names nobody, or that nobody named: each once in the life of the process, because it concerns every
 * request. Out: what to call with each client.
 */
export function proxyDoubts(): (client: Client) => void {
  const told = new Set<Doubt>();
  return ({ doubt, peer }) => {
    if (doubt === null || told.has(doubt)) return;
    told.add(doubt);
    logLine("warning", `proxy.${doubt}`, { peer, what: sentences[doubt](peer) });
  };
}
