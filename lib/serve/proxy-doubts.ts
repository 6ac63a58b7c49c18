import { logLine } from "@/lib/kernel/log";
import type { Client } from "@/lib/serve/client-address";

type Doubt = NonNullable<Client["doubt"]>;

const asOne = "Everybody behind it counts as one visitor, whose wrong tries keep all others waiting.";
const seePage = '(docs/operate.md, "Behind a proxy")';

/** What the operator reads, once of each peer. The first word of a stranger's header never stands in it. */
const sentences: Readonly<Record<Doubt, (peer: string) => string>> = {
  unreadable: (peer) =>
    `The trusted proxy ${peer} wrote an X-Forwarded-For that ends in no IP address. ${asOne} Let it write the client's address there ${seePage}.`,
  missing: (peer) =>
    `The trusted proxy ${peer} sends no X-Forwarded-For. ${asOne} Let it write the client's address there ${seePage}.`,
  untrusted: (peer) =>
    `Requests from ${peer} carry X-Forwarded-For, but TRUSTED_PROXIES does not name it. If that is your proxy, everybody behind it counts as one visitor, whose wrong tries keep all others waiting: set TRUSTED_PROXIES=${peer} and start again ${seePage}.`,
  only_trusted: (peer) =>
    `The X-Forwarded-For from ${peer} names only addresses that TRUSTED_PROXIES trusts; the last of them counts as the visitor. If that is a proxy, everybody behind it counts as one: let it write the client's address, and let TRUSTED_PROXIES name the proxies alone ${seePage}.`,
};

/** These concern people who try something: a check of the portal's health from the proxy's own machine is none. */
const toldWithForms: ReadonlySet<Doubt> = new Set(["missing", "only_trusted"]);

/** A network of peers must not fill the log; an operator has fewer proxies than this. */
const mostPeers = 16;

/**
 * Tells the operator about a proxy that names nobody, or that nobody named: each peer once in the life of the process, because it concerns every
 * request. Out: what to call with each client and the method of its request.
 */
export function proxyDoubts(): (client: Client, method: string | undefined) => void {
  const told = new Map<Doubt, Set<string>>();
  return ({ doubt, peer }, method) => {
    if (doubt === null || (toldWithForms.has(doubt) && method !== "POST")) return;
    const peers = told.get(doubt) ?? new Set();
    if (peers.has(peer) || peers.size >= mostPeers) return;
    told.set(doubt, peers.add(peer));
    logLine("warning", `proxy.${doubt}`, { peer, what: sentences[doubt](peer) });
  };
}
