import { isIP } from "node:net";
import ipaddr, { type IPv4, type IPv6 } from "ipaddr.js";

/** Eight groups of four, the last two written as IPv4. */
const longest = 45;

/**
 * An IP address as numbers; null: it is none, or it names a zone. The one reader of addresses: IPv4 in IPv6 clothes (`::ffff:192.0.2.1`, however
 * that is written) is the IPv4 address (RFC 4291, 2.5.5.2). What Node takes for an address decides what is one: the library alone would also take
 * octal and shortened numbers, which programs read differently.
 */
export function addressIn(text: string): IPv4 | IPv6 | null {
  if (text.length > longest || isIP(text) === 0 || text.includes("%")) return null;
  return ipaddr.process(text.includes(":") && text.includes(".") ? withoutDots(text) : text);
}

/** The same IPv6 address with its end in hexadecimal: of `::192.0.2.1` the library would make the IPv4 one, of `::c000:201`, which is the same, not. */
function withoutDots(text: string): string {
  const ends = text.lastIndexOf(":") + 1;
  const [a = 0, b = 0, c = 0, d = 0] = ipaddr.IPv4.parse(text.slice(ends)).octets;
  return `${text.slice(0, ends)}${((a << 8) | b).toString(16)}:${((c << 8) | d).toString(16)}`;
}

/** An IP address in the one form in which addresses are kept, compared and counted (IPv6: RFC 5952); null as above. */
export function readAddress(text: string): string | null {
  const address = addressIn(text);
  return address === null ? null : writtenAddress(address);
}

/** The one form of an address that was read. */
export const writtenAddress = (address: IPv4 | IPv6): string =>
  "octets" in address ? address.toString() : address.toRFC5952String();
