import { type CodeTable, codeOf } from "@/lib/api/codes";
import type { Ctx } from "@/lib/context/context";
import { waitUntil } from "@/lib/kernel/duration";
import type { DomainError } from "@/lib/kernel/errors";
import type { MessageId } from "@/lib/messages/catalogue";
import { sayAny } from "@/lib/messages/say";
import type { Params } from "@/lib/messages/words-shape";

/** What an operation answers, before it is put into the words of a language and the envelope of its protocol. */
export type Reply = {
  readonly code: number;
  readonly message: MessageId;
  readonly params?: Params | undefined;
  /** JSON; missing is not the same as null for clients. */
  readonly data?: unknown;
  /** A recovery code that takes the place of the used one: clients look for it beside the data too. */
  readonly recoveryCode?: string | undefined;
  /** What is still to be done once this was answered, so that the time of the answer tells nothing of it. */
  readonly afterwards?: () => Promise<void>;
};

/** The envelope that clients read: 200 is a success, anything else a failure; the HTTP status says nothing. */
export type Envelope = {
  readonly code: number;
  readonly message: string;
  readonly data?: unknown;
  readonly recoveryCode?: string;
};

export const done = (message: MessageId, data?: unknown): Reply => ({ code: 200, message, data });

/** How an error that a person may read sounds in this protocol. */
export function refused(ctx: Pick<Ctx, "now">, table: CodeTable, { id, more }: DomainError): Reply {
  const { retryAt, params } = more;
  const message = id === "challenge.expired" ? "wire.mfa_token_over" : id; // there is no page here to go back to
  const data = retryAt ? { retryAfter: waitUntil(ctx.now, retryAt).seconds } : undefined;
  return { code: codeOf(id, table), message, params, data };
}

/** A reply in the words of the caller's language. */
export function envelopeOf({ language }: Pick<Ctx, "language">, reply: Reply): Envelope {
  const { code, message, params, data, recoveryCode } = reply;
  return {
    code,
    message: sayAny(language, message, params),
    ...(data === undefined ? {} : { data }),
    ...(recoveryCode === undefined ? {} : { recoveryCode }),
  };
}
