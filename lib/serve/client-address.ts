import { type BlockList, isIP } from "node:net";
import { readAddress } from "@/lib/kernel/address";

/** What is known about where a request came from. `peer` is the address at the other end of the socket. */
export type Trail = {
  readonly peer: string | undefined;
  readonly forwardedFor: string | undefined;
  readonly trusted: BlockList;
};

/** Longer trails than this are nobody's honest proxies. */
const longestTrail = 20;

/**
 * The client's address: the peer, unless the peer is a trusted proxy; then the right-most entry of `X-Forwarded-For`
 * that is no trusted proxy (what stands left of it was written by strangers, ASVS 15.3.4). Whatever is not a plain
 * address (ports, brackets, zones, words) leads back to the peer, and so does a trail of trusted proxies only.
 */
export function clientAddress({ peer, forwardedFor, trusted }: Trail): string {
  const near = readAddress(peer ?? "") ?? "127.0.0.1";
  if (forwardedFor === undefined || !isTrusted(near, trusted)) return near;
  const entries = forwardedFor.split(",").slice(-longestTrail);
  for (const entry of entries.reverse()) {
    const address = readAddress(entry.trim());
    if (address === null) return near;
    if (!isTrusted(address, trusted)) return address;
  }
  return near;
}

function isTrusted(address: string, trusted: BlockList): boolean {
  return trusted.check(address, isIP(address) === 6 ? "ipv6" : "ipv4");
}
