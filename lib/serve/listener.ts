import type { IncomingMessage, RequestListener, ServerResponse } from "node:http";
import type { AddressRange } from "@/lib/kernel/address-range";
import { faultLine } from "@/lib/kernel/fault-line";
import { logLine } from "@/lib/kernel/log";
import { systemRandom } from "@/lib/kernel/random";
import { answerFile } from "@/lib/serve/answer-file";
import { collectBody, hasBody, refuseUnread } from "@/lib/serve/body";
import { clientAddress } from "@/lib/serve/client-address";
import { answerEcho } from "@/lib/serve/echo";
import { type Exchange, type House, pathOf, queryOf } from "@/lib/serve/exchange";
import type { Gate } from "@/lib/serve/gate";
import { type Address, cleanse, type Turned, turnedAway } from "@/lib/serve/incoming";
import { answerOldService } from "@/lib/serve/old-service";
import { answerOwn, dressAnswer } from "@/lib/serve/outgoing";
import { answerPasskeyFile } from "@/lib/serve/passkey-files";
import { bootReport, type ForeignOrigin } from "@/lib/serve/portal-state";
import { proxyDoubts } from "@/lib/serve/proxy-doubts";
import { originForm } from "@/lib/serve/request-target";
import { isReadableState } from "@/lib/serve/router-state";
import type { StaticFiles } from "@/lib/serve/static-files";
import { makeTurns, type Turns } from "@/lib/serve/turns";
import { newAnswer, withAnswer } from "@/lib/web/answer-status";
import { contentSecurityPolicy, pageRequestHeaders } from "@/lib/web/headers";
import { type Asking, isApiPath, type Refusal, refusal, straightened } from "@/lib/web/same-origin";
import { visitor } from "@/lib/web/visitor";

/** What stands behind the doors, and whether it can be reached. */
export type Behind = {
  readonly house: House;
  readonly address: Address;
  readonly trusted: readonly AddressRange[];
  /** False while the database is away, the hour cannot be trusted or the portal is still starting: everything but files answers 503. */
  readonly isOpen: () => boolean;
  /** True from the signal on that stops the portal. */
  readonly isClosing: () => boolean;
  /** Where everybody passes who is to be answered by files or pages. */
  readonly gate: Gate;
  readonly files: StaticFiles;
  /** Next. */
  readonly pages: (req: IncomingMessage, res: ServerResponse) => Promise<void>;
  /** Names the route that a path leads to, as far as the pages are loaded; null for a path of nobody's. */
  readonly routeOf: (path: string) => string | null;
  /** Is there a server action of this name in the loaded build? */
  readonly knowsAction: (id: string) => boolean;
};

/** Bodies announced larger than allowed are read up to here, so that a person sees the answer instead of a broken line. */
const politelyRead = 1_048_576;

/** The listener of the public port: judges, cleanses, hands over to Next and dresses what comes back. */
export function makeListener(behind: Behind): RequestListener {
  const tellOfProxy = proxyDoubts();
  const turns = { looks: makeTurns(places.looks), deeds: makeTurns(places.deeds) };
  return (req, res) => {
    const answer = newAnswer(systemRandom.id());
    req.url = straightened(originForm(req.url ?? "", req.headers.host));
    const { house, isClosing } = behind;
    const exchange: Exchange = { req, res, answer, house, isClosing, policy: null };
    const turned = turnedAway(
      { method: req.method ?? "", url: req.url ?? "", headers: req.headers, hostLines: countHostLines(req) },
      behind.address,
    );
    if (turned) return turnAway(exchange, turned);
    if (answerEcho(req, res, behind.trusted)) return;
    const path = pathOf(req);
    const file = behind.files.get(path) ?? null;
    const isForFile = file !== null || path.startsWith("/_next/static/");
    const sendFile = () => void behind.gate.pass(async () => answerFile(exchange, file));
    if (isForFile && !hasBody(exchange)) return sendFile();
    if (!behind.isOpen() && !isForFile) return answerOwn(exchange, 503);
    const client = clientAddress({
      peer: req.socket.remoteAddress,
      forwardedFor: joined(req.headers["x-forwarded-for"]),
      trusted: behind.trusted,
    });
    tellOfProxy(client, req.method);
    cleanse(req.headers, { client: client.address, requestId: answer.requestId, address: behind.address });
    const refused = refusal(asking(req), behind.address.appUrl);
    if (refused) {
      const who = { requestId: answer.requestId, ip: client.address, agent: agentOf(req), route: behind.routeOf(path) };
      if (noteRefusal(refused, who)) answer.line = "written";
      return answerOwn(exchange, refused.status);
    }
    if (!isApiPath(path)) {
      if (!isReadableState(req.headers)) return refuseUnread(exchange, 0);
      if (!isForFile) preparePage(exchange, behind.address);
    }
    const passOn = isForFile ? sendFile : () => askPages(exchange, behind, turns);
    collectBody(exchange, { passOn, knowsAction: behind.knowsAction });
  };
}

const agentOf = ({ headers }: IncomingMessage) => visitor({ get: (name) => joined(headers[name]) ?? null }).agent;

/**
 * How many pages and how many actions and calls are worked on at once. There is one thread, so more of them at a time make nobody's answer come sooner: all are
 * late by turns, and their memory is held for longer. A few, because the database answers one meanwhile, and the threads that hash another.
 */
const places = { looks: { atOnce: 4, longestMs: 100 }, deeds: { atOnce: 8, longestMs: 250 } };

/** Asked once more, because a body may take half a minute to arrive, in which a clock can jump. */
function askPages(
  exchange: Exchange,
  { isOpen, gate, pages, routeOf }: Behind,
  { looks, deeds }: { readonly looks: Turns; readonly deeds: Turns },
): void {
  const { req, res, answer } = exchange;
  if (!isOpen()) {
    answerOwn(exchange, 503);
    return;
  }
  dressAnswer(exchange);
  const turn = req.method === "GET" || req.method === "HEAD" ? looks : deeds;
  const answered = withAnswer(answer, () => gate.pass(() => turn.take(() => pages(req, res))));
  answered.then(
    () => tellOfUntold(exchange, routeOf),
    (fault: unknown) => {
      if (res.writableEnded) return; // answered already, or its reader left
      logLine("error", "request.failed", { requestId: answer.requestId, ...faultLine(fault) });
      answer.line = "written";
      if (res.headersSent) res.destroy();
      else answerOwn(exchange, 500);
    },
  );
}

/** Next answers some faults itself, before a page or an action is begun, and tells nobody. */
function tellOfUntold({ req, answer }: Exchange, routeOf: Behind["routeOf"]): void {
  if (answer.line !== "owed" || answer.isDatabaseDown) return;
  const [method, route] = [req.method ?? "", routeOf(pathOf(req))];
  logLine("error", "request.failed", { requestId: answer.requestId, method, route, kind: "framework" });
}

/**
 * A line, and a row once in a while: strangers can send as many as they like. Both name the route and never the path, which may hold a
 * token, nor the origin, which anybody may write. Out: was a line written?
 */
function noteRefusal({ status, why }: Refusal, who: Omit<ForeignOrigin, "why">): boolean {
  if (status !== 403) return false;
  const { agent: _, ...told } = who;
  bootReport()?.noteForeignOrigin({ ...who, why });
  return logLine("warning", "request.refused", { ...told, why });
}

/** The same question that `proxy.dev.ts` asks. Asked here it costs a fifth less of a page's time, and a build has no proxy. */
function asking(req: IncomingMessage): Asking {
  return { method: req.method ?? "", path: pathOf(req), header: (name) => joined(req.headers[name]) ?? null };
}

/** The framework compares the origin of a form with the host once more, as texts: what was found to be ours is handed on in our spelling. */
function preparePage(exchange: Exchange, { appUrl }: Address): void {
  const { req } = exchange;
  if (req.method === "POST") req.headers.origin = appUrl;
  const nonce = systemRandom.id();
  const policy = contentSecurityPolicy({ nonce, isDevelopment: false });
  Object.assign(req.headers, pageRequestHeaders({ policy, nonce, path: pathOf(req), query: queryOf(req) }));
  exchange.policy = policy;
}

function turnAway(exchange: Exchange, turned: Turned): void {
  const { req, res } = exchange;
  if (turned.kind === "redirected") {
    res.setHeader("location", turned.to);
    dressAnswer(exchange);
    res.writeHead(307).end();
    return;
  }
  if (turned.kind === "about passkeys") {
    answerPasskeyFile(exchange, turned.path, turned.body);
    return;
  }
  if (turned.kind === "of the old service") {
    answerOldService(exchange);
    return;
  }
  const close = { ...(turned.allow === undefined ? {} : { allow: turned.allow }), connection: "close" };
  if (turned.status === 400) {
    refuseUnread(exchange, 0, close);
    return;
  }
  if (turned.status !== 413 || Number(req.headers["content-length"]) > politelyRead) {
    answerOwn(exchange, turned.status, close);
    return;
  }
  req.once("end", () => answerOwn(exchange, 413, close)).resume();
}

function countHostLines({ rawHeaders }: IncomingMessage): number {
  let lines = 0;
  for (let index = 0; index < rawHeaders.length; index += 2) {
    if (rawHeaders[index]?.length === 4 && rawHeaders[index]?.toLowerCase() === "host") lines += 1;
  }
  return lines;
}

function joined(header: string | string[] | undefined): string | undefined {
  return Array.isArray(header) ? header.join(",") : header;
}
