import type { App } from "@/lib/apps/app";
import { isWithin, rangesOf } from "@/lib/kernel/address-range";

/**
 * Is this address one of the app's own servers? Only they may say whose call they pass on. `ip` as `clientAddress` gives it; an IPv4 address in
 * IPv6 clothes is the same address, and what is no address is nobody's.
 */
export const isAppServer = ({ servers }: Pick<App, "servers">, ip: string): boolean => isWithin(ip, rangesOf(servers));
