import type { IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import { systemClock } from "@/lib/kernel/clock";
import { type LogLine, logLine } from "@/lib/kernel/log";
import { sampler } from "@/lib/kernel/sampler";
import { policy as numbers } from "@/lib/policy/policy";
import { type Exchange, pathOf } from "@/lib/serve/exchange";
import { type FormShape, shapeOfForm } from "@/lib/serve/form-shape";
import { answerOwn } from "@/lib/serve/outgoing";
import { isUploadPath } from "@/lib/web/same-origin";

const samples = sampler(numbers.requests.oddLines);

/** Whose body is on the line right now, so that a line which breaks is answered to the right request. */
const arriving = new WeakMap<Duplex, Exchange>();

/** The exchange whose body is still arriving on this line; null when none is. */
export function arrivingOn(socket: Duplex): Exchange | null {
  return arriving.get(socket) ?? null;
}

/** Where a body goes. `knowsAction`: does this build have an action of that name? */
export type Onwards = { readonly passOn: () => void; readonly knowsAction: (id: string) => boolean };

/**
 * Collects the body of a request and passes the request on once it is whole and can be read: half a form then costs
 * nobody behind the doors anything, and an unreadable one is answered with 400, one for an action of another build with 409,
 * one beyond the limit with 413. A visitor
 * who leaves early is told to the log only; one who dawdles is cut off by the server's own time limit. It hooks into
 * `push`, where the HTTP parser delivers, and hands everything on in one go; at most 64 kB are held.
 */
export function collectBody(exchange: Exchange, { passOn, knowsAction }: Onwards): void {
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
    const line = { requestId: exchange.answer.requestId, why: "cut off", bytes: total };
    if (logLine("warning", "request.unreadable", line)) exchange.answer.line = "written";
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
    deliver(exchange, Buffer.concat(pieces), { passOn, knowsAction });
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

function deliver(exchange: Exchange, body: Buffer, { passOn, knowsAction }: Onwards): void {
  const { req } = exchange;
  const isUpload = isUploadPath(pathOf(req)) && req.headers["next-action"] === undefined;
  const shape = isUpload ? noForm : shapeOfForm(req.headers, body);
  if (shape.kind === "unreadable" || (!isUpload && isForNobody(req, shape))) refuseUnread(exchange, body.length);
  else if (!shape.actions.every(knowsAction)) {
    logSome(exchange, "request.unknown_action");
    answerOwn(exchange, 409, { "x-nextjs-action-not-found": "1" }); // the framework's own word for its script in the page
  } else {
    req.push(body);
    passOn();
  }
  req.push(null);
}

/** No page of ours has a form in parts that names no action; the framework refuses it too, and writes a stack into the log for each. */
const isForNobody = ({ headers }: IncomingMessage, { actions }: Extract<FormShape, { kind: "readable" }>) =>
  actions.length === 0 && headers["content-type"]?.trim().toLowerCase().startsWith("multipart/") === true;

const noForm = { kind: "readable", actions: [] } as const;

/** Does a body come with this request? Of everything but GET and HEAD one is awaited. */
export function hasBody({ req }: Exchange): boolean {
  if (req.method !== "GET" && req.method !== "HEAD") return true;
  return req.headers["transfer-encoding"] !== undefined || Number(req.headers["content-length"] ?? 0) > 0;
}

/** What was sent can be read by nobody behind the doors, whatever it was. */
export function refuseUnread(exchange: Exchange, bytes: number, more: Readonly<Record<string, string>> = {}): void {
  logSome(exchange, "request.unreadable", { why: "malformed", bytes });
  answerOwn(exchange, 400, more);
}

/** A line once in a while: whoever sends such bodies can send as many as they like, and nothing is wrong with the portal. */
function logSome({ answer }: Exchange, event: string, more: LogLine = {}): void {
  const sample = samples(event, systemClock.now());
  if (sample === null) return;
  const line = { requestId: answer.requestId, ...more, leftOut: sample.leftOut };
  if (logLine("info", event, line)) answer.line = "written";
}
