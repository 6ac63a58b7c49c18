import type { Instrumentation } from "next";
import { configMistakes } from "@/lib/config/config";
import { isDatabaseFault } from "@/lib/db/database-fault";
import { faultLine } from "@/lib/kernel/fault-line";
import { logLine } from "@/lib/kernel/log";
import { mistakesText } from "@/lib/serve/boot-text";
import { markDatabaseDown, markLogged } from "@/lib/web/answer-status";

/** Ends the process, with every mistake on stderr, unless the configuration is usable. */
export function endOnMistakes(): void {
  const mistakes = configMistakes();
  if (mistakes.length === 0) return;
  process.stderr.write(mistakesText(mistakes));
  process.exit(1);
}

type RequestErrorArguments = Parameters<Instrumentation.onRequestError>;

/**
 * One line for a fault while a request was answered: kind, digest, request id and route, without address query, body
 * or message. A database that does not answer also turns the answer into the 503 page.
 */
export function logRequestError(
  error: RequestErrorArguments[0],
  request: RequestErrorArguments[1],
  context: RequestErrorArguments[2],
): void {
  if (isDatabaseFault(error)) markDatabaseDown();
  markLogged();
  const id = request.headers["x-request-id"];
  logLine("error", "request.failed", {
    requestId: typeof id === "string" ? id : null,
    method: request.method,
    route: context.routePath,
    kind: context.routeType,
    ...faultLine(error),
  });
}
