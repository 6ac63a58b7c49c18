import type { IncomingMessage, ServerResponse } from "node:http";
import * as z from "zod";
import { probeLine, probeSent } from "@/lib/cookies/probe";
import { type Keyring, keyring } from "@/lib/crypto/keyring";
import { seal, unseal } from "@/lib/crypto/seal";
import type { AddressRange } from "@/lib/kernel/address-range";
import { systemClock } from "@/lib/kernel/clock";
import { doctorRules } from "@/lib/policy/doctor-rules";
import { clientAddress } from "@/lib/serve/client-address";
import { keptByNobody } from "@/lib/web/headers";

/** Where a portal tells whoever holds its keys how a request arrived. */
export const echoPath = "/.well-known/sallyport-echo";

const asking = (nonce: string) => ({ use: "enc:echo", owner: ["asks", nonce] }) as const;
const answering = (nonce: string) => ({ use: "enc:echo", owner: ["answers", nonce] }) as const;

/** How a request arrived. */
const arrived = z.object({
  /** Who spoke to the portal. */
  peer: z.string(),
  /** Whom the portal takes for the visitor. */
  client: z.string(),
  doubt: z.enum(["unreadable", "missing", "untrusted", "only_trusted"]).nullable(),
  /** Did `X-Forwarded-For` come along? */
  isForwarded: z.boolean(),
  /** Did the probe come along, as the doctor sent it? A portal of the version before does not say, and sets none. */
  hasProbe: z.boolean().optional(),
});
export type Arrived = z.infer<typeof arrived>;

/** The query of a question: a nonce, and the hour sealed for it. Only who holds a key of the portal can make one. */
export function echoQuestion(nonce: string, now: Date, ring: Keyring = keyring()): string {
  return `?n=${nonce}&t=${encodeURIComponent(seal(now.toISOString(), asking(nonce), ring))}`;
}

/** What came back for `nonce`; null where the answer is not a portal's with the same keys. */
export function readEcho(nonce: string, body: string, ring: Keyring = keyring()): Arrived | null {
  const text = unseal(body.trim(), answering(nonce), ring);
  return text === null ? null : arrived.parse(JSON.parse(text));
}

/** Longer questions are nobody's. */
const longest = 512;

/**
 * Answers a question of `portal doctor`; false: this is none, and it is looked at like any other request. The answer is sealed for its nonce, so that a question
 * that somebody read in a log and asks again tells them nothing: no row needs to remember it.
 */
export function answerEcho(req: IncomingMessage, res: ServerResponse, trusted: readonly AddressRange[]): boolean {
  const [path, query = ""] = (req.url ?? "").split("?", 2);
  if (path !== echoPath || req.method !== "GET" || query.length > longest) return false;
  const asked = new URLSearchParams(query);
  const [nonce, ticket] = [asked.get("n") ?? "", asked.get("t") ?? ""];
  const at = unseal(ticket, asking(nonce));
  if (at === null || Math.abs(Date.parse(at) - systemClock.now().getTime()) > doctorRules.ticket) return false;
  const header = req.headers["x-forwarded-for"];
  const forwardedFor = Array.isArray(header) ? header.join(", ") : header;
  const { address, peer, doubt } = clientAddress({ peer: req.socket.remoteAddress, forwardedFor, trusted });
  const hasProbe = (req.headers.cookie ?? "").split("; ").includes(probeSent());
  const told: Arrived = { peer, client: address, doubt, isForwarded: forwardedFor !== undefined, hasProbe };
  const head = {
    "content-type": "text/plain; charset=utf-8",
    "cache-control": keptByNobody,
    "set-cookie": probeLine(),
  };
  res.writeHead(200, head);
  res.end(seal(JSON.stringify(told), answering(nonce)));
  return true;
}
