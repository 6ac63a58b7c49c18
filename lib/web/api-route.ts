import { bearerOf } from "@/lib/api/bearer";
import { apiCodes } from "@/lib/api/codes";
import type { Caller } from "@/lib/api/operation";
import { envelopeOf, type Reply, refused } from "@/lib/api/reply";
import { openBearer } from "@/lib/api/who";
import type { App } from "@/lib/apps/app";
import { isAppServer } from "@/lib/apps/app-server";
import { findApp } from "@/lib/apps/find-app";
import { findOrigins } from "@/lib/apps/find-origins";
import { recordRefusedAccess } from "@/lib/audit/record-refused-access";
import type { Ctx } from "@/lib/context/context";
import { isDatabaseFault } from "@/lib/db/database-fault";
import { DomainError } from "@/lib/kernel/errors";
import { faultLine } from "@/lib/kernel/fault-line";
import { logLine } from "@/lib/kernel/log";
import { networksOf } from "@/lib/kernel/networks";
import type { MessageId } from "@/lib/messages/catalogue";
import { consumeTry } from "@/lib/throttle/consume-try";
import { refundingAtFault } from "@/lib/throttle/refund-tries";
import type { ConsumedInWindow } from "@/lib/throttle/windows/store";
import { readApiBody } from "@/lib/web/api-body";
import { apiContext } from "@/lib/web/build-context";
import { answerHeaders, isOriginOf, preflightHeaders } from "@/lib/web/cors";

/** What a protocol answers, as JSON; what is left to do comes after it. */
export type ApiAnswer = { readonly body: unknown; readonly afterwards?: Reply["afterwards"] };

/** One protocol of the API. `given`: the JSON of the body. `failed`: how it writes a failure that is none of an operation's. */
export type Protocol = {
  readonly answer: (caller: Caller, given: unknown, request: Request) => Promise<ApiAnswer>;
  readonly failed: (envelope: unknown) => unknown;
};

/**
 * The twin of `formAction` for the JSON API: the same use-cases, an envelope instead of a form. Bearers only, no cookie is read and none is set; always
 * HTTP 200 with a code in the body, whatever happened; never a page, a stack or a word of a fault.
 * Order: app → origin → what an anonymous call costs → body → operation.
 */
export function apiRoute(protocol: Protocol): (request: Request) => Promise<Response> {
  return async (request) => {
    const ctx = apiContext(request);
    const origin = request.headers.get("origin");
    try {
      const app = await findApp(ctx, request.headers.get("x-authing-app-id"));
      if (!app) return await turnedAway(ctx, protocol, "wire.unknown_app");
      if (!isOriginOf(app, origin)) return await turnedAway(ctx, protocol, "wire.foreign_origin");
      return await answerAllowed(ctx, { app, origin, protocol, request });
    } catch (fault) {
      return faulty(ctx, protocol, fault);
    }
  };
}

type Allowed = {
  readonly app: App;
  readonly origin: string | null;
  readonly protocol: Protocol;
  readonly request: Request;
};

/** From here on the page that calls may read the answer. */
async function answerAllowed(ctx: Ctx, { app, origin, protocol, request }: Allowed): Promise<Response> {
  const headers = answerHeaders(origin);
  try {
    const known = await openBearer(ctx, app, bearerOf(request.headers.get("authorization")));
    const isStranger = known.token === null && !isAppServer(app, ctx.visitor.ip);
    const consumed = isStranger ? [await consumeForStranger(ctx, app)] : [];
    const body = await readApiBody(request); // one that breaks off is its sender's doing: nothing is refunded for it
    if (body.kind === "unreadable") return failure(ctx, protocol, apiCodes.malformed, "wire.not_json", headers);
    const { body: answer, afterwards } = await refundingAtFault(ctx, consumed, () =>
      protocol.answer({ ctx: seenFrom(ctx, app), app, ...known }, body.value, request),
    );
    if (afterwards) later(ctx, afterwards);
    return Response.json(answer, { headers });
  } catch (error) {
    if (!(error instanceof DomainError)) return faulty(ctx, protocol, error, headers);
    return Response.json(protocol.failed(envelopeOf(ctx, refused(ctx, {}, error))), { headers });
  }
}

/** A call without a token that opens costs its network: whatever it asks, somebody has to look. */
function consumeForStranger(ctx: Ctx, app: App): Promise<ConsumedInWindow> {
  return consumeTry(ctx, "app.address", `${app.id} ${networksOf(ctx.visitor.ip).near}`);
}

/** An app's own server is an address that many people share: what is counted by address is not counted for it. */
function seenFrom(ctx: Ctx, app: App): Ctx {
  return isAppServer(app, ctx.visitor.ip) ? { ...ctx, visitor: { ...ctx.visitor, isShared: true } } : ctx;
}

/** Runs once the answer is on its way. What a person could read has no reader any more. */
function later(ctx: Ctx, work: () => Promise<void>): void {
  setImmediate(() => {
    work().catch((fault: unknown) => {
      if (!(fault instanceof DomainError)) logFault(ctx, fault);
    });
  });
}

/** A line, and a row once in a while: strangers can send as many as they like. Neither the id nor the origin stands in them, which anybody may write. */
async function turnedAway(
  ctx: Ctx,
  protocol: Protocol,
  why: "wire.unknown_app" | "wire.foreign_origin",
): Promise<Response> {
  logLine("warning", "lane.refused", { requestId: ctx.requestId, ip: ctx.visitor.ip, why });
  if (why === "wire.unknown_app")
    await recordRefusedAccess(ctx, { name: "authz.refused", subjectId: null, meta: { what: "app" } });
  else await recordRefusedAccess(ctx, { name: "origin.refused", subjectId: null, meta: { why: "app" } });
  return failure(ctx, protocol, apiCodes.refused, why);
}

function failure(ctx: Ctx, { failed }: Protocol, code: number, message: MessageId, headers = {}): Response {
  return Response.json(failed(envelopeOf(ctx, { code, message })), { headers: { vary: "Origin", ...headers } });
}

/** When a page would say `Retry-After`; here the status says nothing, so the envelope does. */
const comeBack = { retryAfter: 5 };

function faulty(ctx: Ctx, protocol: Protocol, fault: unknown, headers = {}): Response {
  if (isDatabaseFault(fault)) {
    const reply = { code: apiCodes.houseDown, message: "wire.house_down", data: comeBack } as const;
    return Response.json(protocol.failed(envelopeOf(ctx, reply)), { headers: { vary: "Origin", ...headers } });
  }
  logFault(ctx, fault);
  return failure(ctx, protocol, apiCodes.fault, "wire.fault", headers);
}

function logFault({ requestId }: Ctx, fault: unknown): void {
  logLine("error", "lane.failed", { requestId, ...faultLine(fault) });
}

/** Answers the question that browsers ask before a call of another origin (Fetch, CORS-preflight). */
export async function preflight(request: Request): Promise<Response> {
  const ctx = apiContext(request);
  const origin = request.headers.get("origin");
  try {
    const origins = origin === null ? new Set<string>() : await findOrigins(ctx);
    if (origin !== null && !origins.has(origin))
      await recordRefusedAccess(ctx, { name: "origin.refused", subjectId: null, meta: { why: "preflight" } });
    return new Response(null, { status: 204, headers: preflightHeaders(origin, origins) });
  } catch (fault) {
    if (!isDatabaseFault(fault)) logFault(ctx, fault);
    return new Response(null, { status: 204, headers: preflightHeaders(null, new Set()) }); // nobody is allowed while nobody can be asked
  }
}
