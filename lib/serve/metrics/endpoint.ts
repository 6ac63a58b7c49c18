import type { IncomingMessage } from "node:http";
import { isLoopbackHost } from "@/lib/config/values";
import { sameText } from "@/lib/crypto/digest";
import { readAuthority } from "@/lib/kernel/authority";
import type { Secret } from "@/lib/kernel/secret";

/** Where /metrics is listened on, and what whoever asks must bring; null: nothing, which is enough on this machine only. */
export type Guarded = { readonly isHere: boolean; readonly token: Secret<string> | null };

/** Who asks: as it is answered (404 says that there is no such thing), or null for whoever may read. */
export type Refused = { readonly status: 401 | 404 | 405 } | null;

/**
 * May this request read the metrics? With a token set, whoever brings it (`Authorization: Bearer`, RFC 6750), compared in a time that tells nothing. Without one
 * nobody but this machine: the address that is listened on is its own, and so is the name that was asked for, or a page in a browser here could read it under a name
 * of its own that leads here (DNS rebinding).
 */
export function refusedMetrics(req: Pick<IncomingMessage, "method" | "headers">, { isHere, token }: Guarded): Refused {
  if (token === null) {
    if (!isHere || !isLoopbackHost(hostOf(req.headers.host))) return { status: 404 };
  } else if (!sameText(bearerOf(req.headers.authorization), token.reveal())) return { status: 401 };
  return req.method === "GET" ? null : { status: 405 };
}

/** What stands behind the word Bearer, however it is written; empty where nothing does. */
function bearerOf(authorization = ""): string {
  const [scheme = "", token = "", ...rest] = authorization.split(" ", 3);
  return scheme.toLowerCase() === "bearer" && rest.length === 0 ? token : "";
}

/** The name in an authority, without its port; empty where it is none. */
function hostOf(authority = ""): string {
  const read = readAuthority(authority, "http");
  return read === null ? "" : new URL(`http://${read}`).hostname;
}
