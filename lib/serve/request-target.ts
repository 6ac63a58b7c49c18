import { readAuthority } from "@/lib/kernel/authority";

/**
 * A request's target as everything behind reads it, a path with its query: programs may write the whole address there, and a server has to take it (RFC 9112,
 * 3.2.2). Whoever writes one says the host twice. Where the two differ it stays as it is, and is refused as no path: two programs would read two
 * names. The scheme is the proxy's matter and tells nothing.
 */
export function originForm(target: string, host: string | undefined): string {
  const [prefix] = /^https?:\/\//i.exec(target) ?? [];
  if (prefix === undefined) return target;
  const scheme = prefix.length === 8 ? "https" : "http";
  const rest = target.slice(prefix.length);
  const end = rest.search(/[/?#]/);
  const authority = readAuthority(end === -1 ? rest : rest.slice(0, end), scheme);
  if (authority === null || authority !== readAuthority(host ?? "", scheme)) return target;
  const path = end === -1 ? "" : rest.slice(end);
  return path.startsWith("/") ? path : `/${path}`;
}
