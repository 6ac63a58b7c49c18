import { isIP } from "node:net";
import type { App } from "@/lib/apps/app";
import { blockListOf } from "@/lib/config/values";

/**
 * Is this address one of the app's own servers? Only they may say whose call they pass on. `ip` as `clientAddress` gives it; an IPv4 address in
 * IPv6 clothes is the same address, and what is no address is nobody's.
 */
export function isAppServer({ servers }: Pick<App, "servers">, ip: string): boolean {
  const family = isIP(ip);
  return family !== 0 && !ip.includes("%") && blockListOf(servers).check(ip, family === 6 ? "ipv6" : "ipv4");
}
