import type { ServerResponse } from "node:http";
import { isFirstDoor, probeLine } from "@/lib/cookies/probe";
import { cookieIn, type Exchange, isDocument, pathOf } from "@/lib/serve/exchange";
import { ownAnswer, ownStatus } from "@/lib/serve/own-answer";
import { told, type Writer, zipAnswer } from "@/lib/serve/zip-answer";
import { keptByNobody, nothingPolicy, securityHeaders } from "@/lib/web/headers";
import { isForApi } from "@/lib/web/same-origin";

/** What survives when an error takes the place of an answer: the rest describes a body that is gone. */
const lasting = ["set-cookie", "allow", "connection"];

/** Answers with an error of ours, whatever headers were set before; cookies that were set stay. */
export function answerOwn(exchange: Exchange, status: number, more: Readonly<Record<string, string>> = {}): void {
  if (exchange.res.headersSent) return;
  exchange.res.end(ownHead(exchange, status, more));
}

/**
 * Stands between Next and the socket: when Next sends the head of its answer, the head gets our headers and the status
 * that the page or action asked for; an error that would reach a person's window is replaced by a page of ours, and
 * what Next then writes goes nowhere. What stands goes on compressed.
 */
export function dressAnswer(exchange: Exchange): void {
  const { res } = exchange;
  const [writeHead, write, end] = [res.writeHead.bind(res), res.write.bind(res), res.end.bind(res)];
  let state: "waiting" | "passing" | "replaced" = "waiting";
  let body: Writer = { write, end };
  const decide = () => {
    if (res.statusCode >= 500 && exchange.answer.line === "none") exchange.answer.line = "owed";
    const status = replacement(exchange);
    state = status === null ? "passing" : "replaced";
    if (status === null) {
      dressHead(exchange);
      body = zipAnswer(exchange, body);
    } else end(ownHead(exchange, status));
  };
  Object.assign(res, {
    writeHead(status: number, ...rest: readonly unknown[]) {
      if (state === "waiting") {
        res.statusCode = status;
        for (const given of rest) takeHead(res, given);
        decide();
      }
      return res.headersSent ? res : writeHead(res.statusCode);
    },
    /** Next asks for it right before it writes: the head goes with what it writes then, in one call to the system instead of two. */
    flushHeaders() {
      if (state === "waiting") decide();
    },
    write(...chunk: Parameters<typeof write>) {
      if (state === "waiting") decide();
      return state === "replaced" ? told(chunk) : body.write(...chunk);
    },
    end(...chunk: Parameters<typeof end>) {
      if (state === "waiting") decide();
      if (state === "replaced")
        told(chunk); // the answer is complete without what a writer still has to say
      else body.end(...chunk);
      return res;
    },
  });
}

/** Puts the head of an error of ours in place of what was set, and returns the body that belongs to it. */
function ownHead(exchange: Exchange, status: number, more: Readonly<Record<string, string>> = {}): string {
  const { res } = exchange;
  for (const name of res.getHeaderNames()) if (!lasting.includes(name)) res.removeHeader(name);
  if (exchange.answer.isDatabaseDown) res.removeHeader("set-cookie");
  const { headers, body } = ownAnswer(exchange, status);
  for (const [name, value] of Object.entries({ ...headers, ...more })) res.setHeader(name, value);
  res.setHeader("content-length", Buffer.byteLength(body));
  if (exchange.isClosing()) res.setHeader("connection", "close");
  res.statusCode = ownStatus(exchange.req, status);
  res.statusMessage = "";
  return body;
}

/** The status of the page of ours that takes this answer's place; null when the answer stands. */
function replacement({ req, res, answer }: Exchange): number | null {
  const status = res.statusCode;
  if (isForApi(pathOf(req))) return status >= 400 ? status : null;
  if (!isDocument(req)) return null;
  if (answer.isDatabaseDown && status >= 400) return 503;
  return status >= 400 ? status : null;
}

/**
 * A page that leads elsewhere while it is drawn after a form (its session ended under the very press) says 307, and the browser would post the form
 * once more, code and all, to whatever page that is. See Other (303) makes it a visit (RFC 9110, 15.4.4).
 */
function visitInsteadOfPost({ req, res }: Exchange): void {
  if (req.method === "POST" && (res.statusCode === 307 || res.statusCode === 308)) res.statusCode = 303;
}

function dressHead(exchange: Exchange): void {
  const { req, res, answer, house, policy, isClosing } = exchange;
  visitInsteadOfPost(exchange);
  if (isClosing()) res.setHeader("connection", "close");
  if (answer.isDatabaseDown && res.statusCode >= 500) {
    res.statusCode = 503;
    res.removeHeader("set-cookie"); // "nothing was changed" also goes for what was handed out before the database died
  } else if (answer.status !== null && res.statusCode === 200) res.statusCode = answer.status;
  const wait = answer.retryAfterSeconds ?? (res.statusCode === 503 ? 5 : null);
  if (wait !== null && res.statusCode >= 400) res.setHeader("retry-after", wait);
  if (answer.clearsSiteData) res.setHeader("clear-site-data", '"cache", "storage"');
  if (isFirstDoor(pathOf(req)) && cookieIn(req, "probe", house) === null)
    res.appendHeader("set-cookie", probeLine(house));
  for (const [name, value] of Object.entries(securityHeaders(house))) res.setHeader(name, value);
  if (!res.hasHeader("content-security-policy")) res.setHeader("content-security-policy", policy ?? nothingPolicy);
  res.setHeader("cache-control", keptByNobody);
}

/** `writeHead` may bring a reason, which we do not send, and headers as an object or as a flat list. */
function takeHead(res: ServerResponse, given: unknown): void {
  if (typeof given !== "object" || given === null) return;
  const pairs = Array.isArray(given) ? pairsOf(given) : Object.entries(given);
  for (const [name, value] of pairs) {
    if (typeof value === "string" || typeof value === "number") res.setHeader(String(name), value);
    else if (Array.isArray(value)) res.setHeader(String(name), value.map(String));
  }
}

function pairsOf(list: readonly unknown[]): [unknown, unknown][] {
  if (list.every(Array.isArray)) return list.map(([name, value]) => [name, value]);
  return list.flatMap((name, index) => (index % 2 === 0 ? [[name, list[index + 1]] satisfies [unknown, unknown]] : []));
}
