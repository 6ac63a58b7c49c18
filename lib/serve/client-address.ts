import { readAddress } from "@/lib/kernel/address";
import { type AddressRange, isOwnNetwork, isWithin } from "@/lib/kernel/address-range";
import { forwardedAddress } from "@/lib/serve/forwarded-entry";

/** What is known about where a request came from. `peer` is the address at the other end of the socket. */
export type Trail = {
  readonly peer: string | undefined;
  readonly forwardedFor: string | undefined;
  readonly trusted: readonly AddressRange[];
};

/**
 * The client's address, and what the operator should hear about the way. `unreadable`: a trusted proxy wrote something that names no address;
 * `missing`: it wrote nothing; `untrusted`: a proxy nearby, it seems, but no trusted one. In these three everybody behind it counts as the proxy.
 * `only_trusted`: everybody on the way is trusted, and the last of them counts.
 */
export type Client = {
  readonly address: string;
  readonly peer: string;
  readonly doubt: "unreadable" | "missing" | "untrusted" | "only_trusted" | null;
};

/** Longer trails than this are nobody's honest proxies. */
const longestTrail = 20;

/** Stands for a peer that is gone before it was asked: no address of anybody's, and never trusted. */
const nobody = "0.0.0.0";

/**
 * The client's address: the peer, unless the peer is a trusted proxy; then the right-most entry of `X-Forwarded-For`
 * that is no trusted proxy (what stands left of it was written by strangers, ASVS 15.3.4). Where all of them are trusted, it is the right-most: the peer
 * saw that one itself, while a visitor within those ranges may have written the others. Empty entries are none (RFC 9110, 5.6.1). Whatever else
 * names no address leads back to the peer. A peer's zone (`fe80::1%eth0`) only says by which cable it came.
 */
export function clientAddress({ peer, forwardedFor, trusted }: Trail): Client {
  const [written = ""] = (peer ?? "").split("%", 1);
  const near = readAddress(written);
  if (near === null) return { address: nobody, peer: nobody, doubt: null };
  const asPeer = { address: near, peer: near, doubt: null };
  if (forwardedFor === undefined) return { ...asPeer, doubt: isWithin(near, trusted) ? "missing" : null };
  if (!isWithin(near, trusted)) return { ...asPeer, doubt: isOwnNetwork(near) ? "untrusted" : null };
  const entries = forwardedFor.split(",").filter((entry) => entry.trim() !== "");
  if (entries.length === 0) return { ...asPeer, doubt: "missing" };
  let seenByPeer: string | null = null;
  for (const entry of entries.slice(-longestTrail).reverse()) {
    const address = forwardedAddress(entry);
    if (address === null) return { ...asPeer, doubt: "unreadable" };
    if (!isWithin(address, trusted)) return { ...asPeer, address };
    seenByPeer ??= address;
  }
  return { ...asPeer, address: seenByPeer ?? near, doubt: "only_trusted" };
}
