import type { IPv4, IPv6 } from "ipaddr.js";
import { addressIn, writtenAddress } from "@/lib/kernel/address";

/** A range of IP addresses, or a single one: those that share their first `bits` with `base`. `written`: its one form. */
export type AddressRange = { readonly base: IPv4 | IPv6; readonly bits: number; readonly written: string };

const widthOf = (address: IPv4 | IPv6) => ("octets" in address ? 32 : 128);

/** IPv4 in IPv6 clothes begins behind so many bits. */
const mappedBits = 96;

/** `192.0.2.0/24`, `2001:db8::/32` or one address (RFC 4632, RFC 4291); null when it is none. A range of IPv4 in IPv6 clothes is the IPv4 one. */
export function readRange(text: string): AddressRange | null {
  const [, written = "", prefix] = /^([^/]{1,45})(?:\/(\d{1,3}))?$/.exec(text) ?? [];
  const base = addressIn(written);
  if (base === null) return null;
  const isMapped = "octets" in base && written.includes(":");
  const bits = prefix === undefined ? widthOf(base) : Number(prefix) - (isMapped ? mappedBits : 0);
  if (bits < 0 || bits > widthOf(base)) return null;
  return { base, bits, written: `${writtenAddress(base)}${prefix === undefined ? "" : `/${bits}`}` };
}

/** The ranges of a list whose entries were read before; what is none is left out. */
export const rangesOf = (entries: readonly string[]): readonly AddressRange[] =>
  entries.flatMap((entry) => readRange(entry) ?? []);

/** Is this address, in whatever spelling, in one of the ranges? What is no address is in none. */
export function isWithin(text: string, ranges: readonly AddressRange[]): boolean {
  const address = addressIn(text);
  return address !== null && isAmong(address, ranges);
}

const isAmong = (address: IPv4 | IPv6, ranges: readonly AddressRange[]) =>
  ranges.some((range) => contains(range, address));

function contains({ base, bits }: AddressRange, address: IPv4 | IPv6): boolean {
  if ("octets" in base) return "octets" in address && address.match(base, bits);
  return "parts" in address && address.match(base, bits);
}

/** Where nobody calls from but one's own networks: private (RFC 1918, RFC 4193), this machine, one link, a provider's inside (RFC 6598). */
const own = rangesOf([
  ...["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "127.0.0.0/8", "169.254.0.0/16", "100.64.0.0/10"],
  ...["fc00::/7", "fe80::/10", "::1"],
]);

/** An address of this machine, or of a network of one's own. */
export const isOwnNetwork = (text: string): boolean => isWithin(text, own);

/** The widest public range: no provider's is wider (the largest of content networks are /12 and /29, of network operators /8 and /19). */
const widest = { 32: 8, 128: 19 } as const;

/** All of IPv4 as a network of IPv6 alone shows it (RFC 6052). */
const translated = rangesOf(["64:ff9b::/96"]);

const widestAt = ({ base }: AddressRange) =>
  isAmong(base, translated) ? mappedBits + widest[32] : widest[widthOf(base)];

/** How many of the widest ranges a list may cover in all. */
const mostOfThem = 16;

/**
 * Does a list let in what nobody can know: a public range wider than any provider's, or as much in many pieces? Then it means everybody, whether it
 * says `0.0.0.0/0`, its two halves, or all its eighths.
 */
export function meansEverybody(ranges: readonly AddressRange[]): boolean {
  const open = ranges.filter(({ base, bits }) => !own.some((range) => range.bits <= bits && contains(range, base)));
  if (open.some((range) => range.bits < widestAt(range))) return true;
  return ([32, 128] as const).some((width) => {
    const parts = open.filter(({ base }) => widthOf(base) === width);
    return parts.reduce((sum, { bits }) => sum + 2 ** (widest[width] - bits), 0) > mostOfThem;
  });
}
