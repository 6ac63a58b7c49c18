import * as z from "zod";
import type { CodeTable } from "@/lib/api/codes";
import { type Reply, refused } from "@/lib/api/reply";
import type { App } from "@/lib/apps/app";
import type { UserToken } from "@/lib/auth/user-token";
import type { Pass } from "@/lib/challenge/challenge";
import type { Ctx } from "@/lib/context/context";
import { DomainError } from "@/lib/kernel/errors";

/** What a bearer says, once it was opened for the app that is named: the login between its doors, or the user and their session. */
export type Token =
  | { readonly kind: "mfa"; readonly pass: Pass }
  | { readonly kind: "user"; readonly value: string; readonly user: UserToken };

/** Who calls: the request's context, the app that it named, and the token that it brought; null: none, or none that opens. `looksLikeMfa`: it has the shape of an mfaToken, dead or alive. */
export type Caller = {
  readonly ctx: Ctx;
  readonly app: App;
  readonly token: Token | null;
  readonly looksLikeMfa: boolean;
};

/** Which token an operation asks for. */
export type Needs = "nothing" | "mfaToken" | "userToken" | "either";

/** One operation of the API, whatever protocol it arrives by. */
export type Operation = {
  readonly name: string;
  readonly summary: string;
  readonly needs: Needs;
  /** Its fields; unknown ones are dropped, because clients always send some. */
  readonly input: z.ZodType;
  /** What comes back as `data` when it went well; `z.undefined()`: nothing, `z.never()`: it never goes well. */
  readonly output: z.ZodType;
  /** The codes of its own refusals, beside those that every operation and its token have. */
  readonly refuses: readonly number[];
  readonly run: (caller: Caller, given: unknown) => Promise<Reply>;
};

type Spec<S extends z.ZodType> = Omit<Operation, "run" | "input"> & {
  readonly input: S;
  readonly codes?: CodeTable;
  readonly act: (caller: Caller, input: z.output<S>) => Promise<Reply>;
};

/**
 * Makes an operation: reads its fields, calls a use-case, and turns what a person may read into a reply. Any other error passes on to the
 * door. Malformed fields have cost nothing.
 */
export function operation<S extends z.ZodType>({ act, codes = {}, ...spec }: Spec<S>): Operation {
  const run = async (caller: Caller, given: unknown): Promise<Reply> => {
    try {
      const read = spec.input.safeParse(given);
      if (!read.success) throw new DomainError("wire.malformed");
      return await act(caller, read.data);
    } catch (error) {
      if (error instanceof DomainError) return refused(caller.ctx, codes, error);
      throw error;
    }
  };
  return { ...spec, run };
}

/** A text that clients may leave out, or send as null. */
export const optionalText = z
  .string()
  .max(4096)
  .nullish()
  .transform((text) => text ?? undefined);

/** A code: anything that is no text, or an empty one, counts as none. */
export const typedCode = z.string().min(1).max(4096).optional().catch(undefined);
