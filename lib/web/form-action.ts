import type * as z from "zod";
import type { Ctx } from "@/lib/context/context";
import { waitUntil } from "@/lib/kernel/duration";
import { DomainError } from "@/lib/kernel/errors";
import type { FormAction, FormState } from "@/lib/kernel/form-state";
import type { MessageId } from "@/lib/messages/catalogue";
import { inARow } from "@/lib/messages/in-a-row";
import { sayAny } from "@/lib/messages/say";
import { setAnswerStatus } from "@/lib/web/answer-status";
import { buildContext } from "@/lib/web/build-context";
import type { Who } from "@/lib/web/guard";
import { leave } from "@/lib/web/leave";
import type { Onward } from "@/lib/web/onward";
import { readForm } from "@/lib/web/read-form";
import { leaveSaying } from "@/lib/web/said";
import { words } from "@/lib/web/words";

type Door<Person, S extends z.ZodType> = {
  /** Who may; without it an action does not compile. */
  readonly who: Who<Person>;
  readonly input: S;
  /** The sentence when the form does not have the expected shape; nothing was consumed then. */
  readonly malformed: MessageId;
  /** Non-secret fields to show again after an error. */
  readonly keep?: readonly string[];
  /** Errors that lead to another page instead of a sentence beside the form: which one, by what was sent. */
  readonly elsewhere?: Readonly<Partial<Record<MessageId, (fields: Readonly<Record<string, string>>) => string>>>;
  /** Errors after which the person goes on at another page, by a link beside the sentence. */
  readonly onward?: Readonly<Partial<Record<MessageId, (input: z.output<S>) => Onward | undefined>>>;
};

/** Does the work; ends by leaving for another page, or gives the id of a sentence that says what was done. */
type Act<Person, Input> = (
  given: { readonly ctx: Ctx; readonly person: Person },
  input: Input,
) => Promise<MessageId | null>;

/**
 * The one way to write a server action: builds the context, asks who, parses the form strictly (one value per field, no files, no
 * unknown fields), calls one use-case and turns a DomainError into words. Any other error passes on to the error page and the log;
 * the person never sees its message.
 */
export function formAction<Person, S extends z.ZodType>(
  door: Door<Person, S>,
  act: Act<Person, z.output<S>>,
): FormAction {
  return async (_previous, form) => {
    const ctx = await buildContext();
    const fields = readForm(form);
    const input = fields === null ? null : door.input.safeParse(fields);
    try {
      const person = await door.who(ctx);
      if (!input?.success) throw new DomainError(door.malformed);
      return await done(await act({ ctx, person }, input.data));
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      const page = door.elsewhere?.[error.id];
      if (page !== undefined) return leaveSaying(page(fields ?? {}));
      const onward = input?.success ? door.onward?.[error.id]?.(input.data) : undefined;
      return refused(ctx, error, { kept: kept(fields, door.keep ?? []), onward });
    }
  };
}

/**
 * The same for a button that shows no answer of its own (logging out): whatever it may do ends in another page.
 * A DomainError leads to `otherwise`.
 */
export function buttonAction<Person>(
  door: { readonly who: Who<Person>; readonly otherwise: string },
  act: (given: { readonly ctx: Ctx; readonly person: Person }) => Promise<string>,
) {
  return async (): Promise<void> => {
    const ctx = await buildContext();
    try {
      await leaveSaying(await act({ ctx, person: await door.who(ctx) }));
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      await leave(door.otherwise);
    }
  };
}

async function done(id: MessageId | null): Promise<FormState> {
  if (id === null) return { status: "done" };
  const { language } = await words();
  return { status: "done", id, text: sayAny(language, id) };
}

type Besides = { readonly kept: Readonly<Record<string, string>>; readonly onward: Onward | undefined };

async function refused(ctx: Ctx, { id, more }: DomainError, { kept, onward }: Besides): Promise<FormState> {
  const wait = more.retryAt ? waitUntil(ctx.now, more.retryAt).seconds : undefined;
  if (wait !== undefined) setAnswerStatus(id === "hash.busy" ? 503 : 429, wait);
  const { language } = await words();
  const besides = more.besides ? [sayAny(language, more.besides)] : [];
  const text = inARow([sayAny(language, id, more.params), ...besides], language);
  return {
    status: "error",
    id,
    text,
    kept,
    ...(more.field === undefined ? {} : { field: more.field }),
    ...(onward === undefined ? {} : { onward: { href: onward.href, label: sayAny(language, onward.label) } }),
  };
}

function kept(
  fields: Readonly<Record<string, string>> | null,
  names: readonly string[],
): Readonly<Record<string, string>> {
  return Object.fromEntries(
    names.flatMap((name) => (typeof fields?.[name] === "string" ? [[name, fields[name].slice(0, 320)]] : [])),
  );
}
