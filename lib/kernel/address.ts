import { isIP } from "node:net";

/** An IP address in the one form in which addresses are kept and counted: IPv4 in IPv6 clothes is IPv4. Null: it is none, or it names a zone. */
export function readAddress(text: string): string | null {
  if (isIP(text) === 0 || text.includes("%")) return null;
  return text.toLowerCase().replace(/^::ffff:(?=\d+\.\d+\.\d+\.\d+$)/, "");
}
