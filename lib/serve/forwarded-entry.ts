import { readAddress } from "@/lib/kernel/address";

/** An address in brackets, quotes and with a port: 45, 2, 2 and 6. What is longer is none. */
const longest = 64;

/** IPv6 in brackets, or IPv4; then maybe a port, in numbers or as a name that hides it (RFC 7239, 6). */
const node = /^(?:\[([0-9A-Fa-f:.]{2,45})\]|([0-9.]{7,15}))(?::(?:([0-9]{1,5})|_[A-Za-z0-9._-]{1,20}))?$/;

const highestPort = 65_535;

/**
 * The address in one entry of `X-Forwarded-For`, as proxies write it: alone, in quotes, in brackets, with a port (RFC 7239, 6). Null for what names
 * no address (`unknown`, `_hidden`, a zone, words).
 */
export function forwardedAddress(entry: string): string | null {
  const text = entry.trim();
  if (text.length > longest) return null;
  const bare = text.startsWith('"') && text.endsWith('"') ? text.slice(1, -1) : text;
  const [, six, four, port = "0"] = node.exec(bare) ?? [];
  if (Number(port) > highestPort) return null;
  return readAddress(six ?? four ?? bare);
}
