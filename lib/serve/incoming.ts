import type { IncomingHttpHeaders } from "node:http";
import type { RelyingParty } from "@/lib/config/passkey-settings";
import { readAuthority } from "@/lib/kernel/authority";
import { policy } from "@/lib/policy/policy";
import { isForFormer, type PasskeyFiles, passkeyFiles } from "@/lib/serve/passkey-files";
import { isOfOldService } from "@/lib/web/old-service";
import { isApiPath } from "@/lib/web/same-origin";

/** What the doors are built for: the origin, split once. */
export type Address = {
  readonly appUrl: string;
  readonly host: string;
  readonly protocol: "http" | "https";
  readonly isLoopback: boolean;
  readonly port: number;
  readonly relyingParty: RelyingParty | null;
  readonly passkeyFiles: PasskeyFiles;
};

/** A request as it arrived, before anything of ours touched it. */
export type Arrival = {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  /** How many Host lines came: two would let two programs read two names. */
  readonly hostLines: number;
};

/** How a request is answered at the door; null lets it in. */
export type Turned =
  | { readonly kind: "refused"; readonly status: 400 | 405 | 413 | 414 | 421; readonly allow?: string }
  | { readonly kind: "redirected"; readonly to: string }
  | { readonly kind: "about passkeys"; readonly path: string; readonly body: string }
  | { readonly kind: "of the old service" };

const longestUrl = 8_192;

/** No address of ours has ten. Each one costs the framework a tenth of a millisecond and more: 1 900 in one address held the portal for half a second. */
const mostParameters = 64;

/**
 * Names for the client or the way, written by strangers or by Next itself: none is taken from outside. Nor are the words by which Next's script asks for a page
 * beforehand: no page of ours does, and what is rendered beforehand has no hour, so that Next takes our asking for it for a fault.
 */
const notFromOutside =
  /^(?:forwarded|x-forwarded-.*|x-real-ip|x-client-ip|x-cluster-client-ip|x-original-.*|x-rewrite-.*|cf-connecting-ip.*|true-client-ip|fastly-client-ip|fly-client-ip|x-middleware-.*|x-nextjs-.*|x-next-.*|next-resume.*|x-matched-path|x-invoke-.*|x-now-.*|x-vercel-.*|x-prerender-.*|x-action-.*|x-request-id|x-sallyport-.*|x-nonce|x-pathname|next-router-prefetch|next-router-segment-prefetch|next-hmr-refresh|next-instant-.*|content-security-policy.*|proxy)$/;

/**
 * The framework looks for robots in the name of a browser, with an expression whose cost grows with the square of its length: 14 kB held the portal
 * for a second. No browser's name is longer than this.
 */
const longestAgent = 512;

/** Are its percent signs escapes of UTF-8 (RFC 3986, 2.1)? The framework takes one that it cannot decode for a fault of the house. */
function isDecodable(path: string): boolean {
  if (!path.includes("%")) return true;
  try {
    decodeURIComponent(path);
    return true;
  } catch {
    return false;
  }
}

/** Splits the origin once, at the start. */
export function addressOf(config: Pick<Address, "appUrl" | "isLoopback" | "port" | "relyingParty">): Address {
  const { host, protocol } = new URL(config.appUrl);
  return { ...config, host, protocol: protocol === "https:" ? "https" : "http", passkeyFiles: passkeyFiles(config) };
}

/** Judges form, length, host, method and announced size of a request, in this order, before Next sees it. */
export function turnedAway(arrival: Arrival, address: Address): Turned | null {
  const { method, url, headers } = arrival;
  if (!url.startsWith("/") && url !== "*") return { kind: "refused", status: 400 };
  if (url.length > longestUrl || url.split("&", mostParameters + 1).length > mostParameters) {
    return { kind: "refused", status: 414 };
  }
  const [path = ""] = url.split("?", 1);
  if (arrival.hostLines !== 1 || !isDecodable(path)) return { kind: "refused", status: 400 };
  const authority = readAuthority(headers.host ?? "", address.protocol);
  const file = address.passkeyFiles.get(path);
  const isRead = method === "GET" || method === "HEAD";
  const isOurs = authority === address.host || (isRead && isForFormer(path, authority, address.relyingParty));
  if (!isOurs) return wrongHost(arrival, address);
  if (file !== undefined && isRead) return { kind: "about passkeys", path, body: file };
  const [allowed, isOld] = [methodsOf(path), isOfOldService(path)];
  if (!isOld && !allowed.includes(method)) return { kind: "refused", status: 405, allow: allowed.join(", ") };
  if (Number(headers["content-length"] ?? 0) > policy.requests.bodyBytes) return { kind: "refused", status: 413 };
  return isOld ? { kind: "of the old service" } : null;
}

/**
 * Rewrites the headers in place: the client's address from the socket (or its trusted proxy), host and scheme from the
 * configuration, an id of ours, and nothing that only Next or a proxy may say.
 */
export function cleanse(
  headers: IncomingHttpHeaders,
  known: { client: string; requestId: string; address: Address },
): void {
  for (const name in headers) if (notFromOutside.test(name)) delete headers[name];
  if (headers["user-agent"] !== undefined) headers["user-agent"] = headers["user-agent"].slice(0, longestAgent);
  const { host, protocol } = known.address;
  headers["x-forwarded-for"] = known.client;
  headers["x-forwarded-host"] = host;
  headers["x-forwarded-proto"] = protocol;
  headers["x-forwarded-port"] = /:(\d+)$/.exec(host)?.[1] ?? (protocol === "https" ? "443" : "80");
  headers["x-request-id"] = known.requestId;
}

/** Another name of this machine leads to the right one, where cookies and passkeys work; any other name is not ours. */
function wrongHost({ method, url, headers }: Arrival, address: Address): Turned {
  const authority = readAuthority(headers.host ?? "", address.protocol);
  const isAlias = address.isLoopback && authority !== null && aliasesOf(address).includes(authority);
  if (isAlias && (method === "GET" || method === "HEAD")) return { kind: "redirected", to: `${address.appUrl}${url}` };
  return { kind: "refused", status: 421 };
}

/** This machine's names, at the port that is listened on and at the one that people type. */
function aliasesOf({ appUrl, port, protocol }: Address): readonly (string | null)[] {
  const typed = new URL(appUrl).port;
  const ports = [`:${port}`, typed === "" ? "" : `:${typed}`];
  return ["127.0.0.1", "[::1]", "[::ffff:127.0.0.1]", "localhost"].flatMap((name) =>
    ports.map((behind) => readAuthority(`${name}${behind}`, protocol)),
  );
}

/** Pages know three methods; the API for apps knows two more. */
function methodsOf(path: string): readonly string[] {
  return isApiPath(path) ? ["GET", "HEAD", "POST", "DELETE", "OPTIONS"] : ["GET", "HEAD", "POST"];
}
