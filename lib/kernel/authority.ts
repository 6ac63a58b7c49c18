import { readUrl } from "@/lib/kernel/url";

/** A name of 253 characters, a port, brackets; nothing longer is looked at. */
const longest = 320;

/** What can stand in none: a path, a query, a name of somebody, escapes, white space. The parser would drop or undo some of them. */
const foreign = /[\s/?#@\\%,]/;

type Scheme = "http" | "https";

/**
 * The one form of an authority (host, and a port where it is not the scheme's own; RFC 9110, 4.2.3): small letters, IDNA, no dot at the end, IPv6 as
 * the URL standard writes it. Two spellings of one authority have the same form. Null: it is none.
 */
export function readAuthority(text: string, scheme: Scheme): string | null {
  if (text.length > longest || foreign.test(text)) return null;
  const url = readUrl(`${scheme}://${text}`);
  if (url === null) return null;
  const { hostname, port } = url;
  const name = hostname.endsWith(".") ? hostname.slice(0, -1) : hostname;
  if (name === "" || name.endsWith(".")) return null;
  return port === "" ? name : `${name}:${port}`;
}

/** The one form of an origin (RFC 6454): a web scheme and an authority. Null for anything else: a path, `null`, two at once. */
export function readOrigin(text: string): string | null {
  const [, scheme, authority = ""] = /^(https?):\/\/(.*)$/i.exec(text) ?? [];
  if (scheme === undefined || text.length > longest + 8) return null;
  const known = scheme.toLowerCase() === "https" ? "https" : "http";
  const read = readAuthority(authority, known);
  return read === null ? null : `${known}://${read}`;
}

/** Do two texts name one origin? What names none is like nothing. */
export const isSameOrigin = (one: string, other: string): boolean =>
  one === other ? readOrigin(one) !== null : readOrigin(one) !== null && readOrigin(one) === readOrigin(other);
