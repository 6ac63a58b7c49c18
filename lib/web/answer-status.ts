import { AsyncLocalStorage } from "node:async_hooks";

/** What code deep inside a page or an action may say about the answer as a whole. One per request. */
export type Answer = {
  readonly requestId: string;
  /** null: whatever the page itself answers. */
  status: AnswerStatus | null;
  retryAfterSeconds: number | null;
  /** The answer is ours then, whatever had been rendered: 503, nothing granted. */
  isDatabaseDown: boolean;
  /** What the log says under the id of this request; owed: something has to be said. */
  line: "none" | "owed" | "written";
  /** After a logout the browser should keep nothing of this site's pages. */
  clearsSiteData: boolean;
};

/** Statuses that a server action or a page may ask for while its body stays. */
export type AnswerStatus = 400 | 403 | 409 | 413 | 422 | 429 | 503;

declare global {
  /** The serving entry and the pages are separate bundles of one process: they meet here. */
  var sallyportAnswers: AsyncLocalStorage<Answer> | undefined;
}

/** Runs `work` as one request. Only the serving entry calls it. */
export function withAnswer<T>(answer: Answer, work: () => T): T {
  globalThis.sallyportAnswers ??= new AsyncLocalStorage<Answer>();
  return globalThis.sallyportAnswers.run(answer, work);
}

/** A fresh answer that leaves everything to the page. */
export function newAnswer(requestId: string): Answer {
  return {
    requestId,
    status: null,
    retryAfterSeconds: null,
    isDatabaseDown: false,
    line: "none",
    clearsSiteData: false,
  };
}

/**
 * Asks for an HTTP status while keeping the body that is rendered: a server action has no other way to answer 429 or
 * 503. `retryAfterSeconds` becomes `Retry-After`. Without the serving entry (`next dev`) nothing happens.
 */
export function setAnswerStatus(status: AnswerStatus, retryAfterSeconds?: number): void {
  const answer = globalThis.sallyportAnswers?.getStore();
  if (answer === undefined) return;
  answer.status = status;
  answer.retryAfterSeconds = retryAfterSeconds === undefined ? null : Math.max(1, Math.ceil(retryAfterSeconds));
}

/** Says that the database does not answer: the visitor gets the 503 page in place of whatever was rendered. */
export function markDatabaseDown(): void {
  const answer = globalThis.sallyportAnswers?.getStore();
  if (answer !== undefined) answer.isDatabaseDown = true;
}

/** Says that the log tells of this request under its id. */
export function markLogged(): void {
  const answer = globalThis.sallyportAnswers?.getStore();
  if (answer !== undefined) answer.line = "written";
}

/** Asks the browser to drop what it has cached and stored of this site (`Clear-Site-Data`, ASVS 14.3.1). */
export function clearSiteData(): void {
  const answer = globalThis.sallyportAnswers?.getStore();
  if (answer !== undefined) answer.clearsSiteData = true;
}

/** The id of the request being answered; null outside of one. */
export function currentRequestId(): string | null {
  return globalThis.sallyportAnswers?.getStore()?.requestId ?? null;
}
