import { addressIn } from "@/lib/kernel/address";

/**
 * The prefix of 96 bits behind which an IPv4 address stands whole (RFC 6052, 2.1). The library's range of that name has the prefixes that a network may choose for itself (RFC 8215) too: there
 * the last 32 bits may be anything, each with a counter of its own.
 */
const translated = [0x64, 0xff9b, 0, 0, 0, 0];

/**
 * The two networks an address is counted in. Anything that is no address counts as one. An IPv4 address that a network of IPv6 alone shows as
 * `64:ff9b::192.0.2.1` (RFC 6052) counts as itself: otherwise all of IPv4 would share one counter there.
 */
export function networksOf(ip: string): { readonly near: string; readonly wide: string } {
  const [written = ""] = ip.split("%", 1);
  const address = addressIn(written);
  if (address === null) return { near: "unknown", wide: "unknown" };
  if ("octets" in address) return networksOfFour(address.octets);
  if (translated.every((group, place) => group === address.parts[place]))
    return networksOfFour(address.toByteArray().slice(12));
  const groups = address.parts.map((part) => part.toString(16));
  return { near: `${groups.slice(0, 4).join(":")}::/64`, wide: `${groups.slice(0, 3).join(":")}::/48` };
}

const networksOfFour = (octets: readonly number[]) => ({
  near: octets.join("."),
  wide: `${octets.slice(0, 3).join(".")}.0/24`,
});
