import type { MessageId } from "@/lib/messages/catalogue";
import type { Params } from "@/lib/messages/words-shape";

type More = {
  /** The form field that the sentence stands beside. */
  readonly field?: string;
  readonly params?: Params;
  /** When to try again: becomes a Retry-After where the answer has one. */
  readonly retryAt?: Date;
  /** A second sentence behind the first. */
  readonly besides?: MessageId;
  /** A right answer that was spent before: it costs its challenge a try, but not the factor. */
  readonly replay?: boolean;
};

/** The one error that a person may read: its id names a sentence of the catalogue. Everything else is a fault. */
export class DomainError extends Error {
  constructor(
    readonly id: MessageId,
    readonly more: More = {},
  ) {
    super(id);
    this.name = "DomainError";
  }
}
