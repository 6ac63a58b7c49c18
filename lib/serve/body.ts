import type { Duplex } from "node:stream";
import { policy as numbers } from "@/lib/policy/policy";
import { type Exchange, pathOf } from "@/lib/serve/exchange";
import { isReadableForm } from "@/lib/serve/form-shape";
import { logLine } from "@/lib/serve/log";
import { answerOwn } from "@/lib/serve/outgoing";
import { isUploadPath } from "@/lib/web/same-origin";

/** Whose body is on the line right now, so that a line which breaks is answered to the right request. */
const arriving = new WeakMap<Duplex, Exchange>();

/** The exchange whose body is still arriving on this line; null when none is. */
export function arrivingOn(socket: Duplex): Exchange | null {
  return arriving.get(socket) ?? null;
}

/**
 * Collects the body of a request and passes the request on once it is whole and can be read: half a form then costs
 * nobody behind the doors anything, and an unreadable one is answered with 400, one beyond the limit with 413. A visitor
 * who leaves early is told to the log only; one who dawdles is cut off by the server's own time limit. It hooks into
 * `push`, where the HTTP parser delivers, and hands everything on in one go; at most 64 kB are held.
 */
export function collectBody(exchange: Exchange, passOn: () => void): void {
  if (!hasBody(exchange)) {
    passOn();
    return;
  }
  const { req } = exchange;
  const push = req.push.bind(req);
  const pieces: Buffer[] = [];
  let total = 0;
  const cutOff = () => {
    arriving.delete(req.socket);
    logUnreadable(exchange, "cut off", total);
  };
  const stopCollecting = () => {
    arriving.delete(req.socket);
    req.off("close", cutOff).push = push;
  };
  arriving.set(req.socket, exchange);
  req.once("close", cutOff).push = (piece: unknown) => {
    if (Buffer.isBuffer(piece)) {
      total += piece.length;
      if (total <= numbers.requests.bodyBytes) return pieces.push(piece) > 0;
      stopCollecting();
      return cutShort(exchange);
    }
    stopCollecting();
    deliver(exchange, Buffer.concat(pieces), passOn);
    return false;
  };
}

/** Nothing more is taken from this line; the answer comes first, so that it is seen. */
function cutShort(exchange: Exchange): false {
  const { req, res } = exchange;
  req.push = () => false;
  res.once("finish", () => req.destroy());
  answerOwn(exchange, 413, { connection: "close" });
  return false;
}

function deliver(exchange: Exchange, body: Buffer, passOn: () => void): void {
  const { req } = exchange;
  if (isUploadPath(pathOf(req)) || isReadableForm(req.headers, body)) {
    req.push(body);
    passOn();
  } else {
    logUnreadable(exchange, "malformed", body.length);
    answerOwn(exchange, 400);
  }
  req.push(null);
}

function hasBody({ req }: Exchange): boolean {
  if (req.method !== "GET" && req.method !== "HEAD") return true;
  return req.headers["transfer-encoding"] !== undefined || Number(req.headers["content-length"] ?? 0) > 0;
}

function logUnreadable({ answer }: Exchange, why: "cut off" | "malformed", bytes: number): void {
  logLine("warning", "request.unreadable", { requestId: answer.requestId, why, bytes });
}
