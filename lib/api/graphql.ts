import * as z from "zod";
import { apiCodes } from "@/lib/api/codes";
import { readDocument } from "@/lib/api/document";
import type { Caller } from "@/lib/api/operation";
import { graphqlOperations } from "@/lib/api/operations";
import { envelopeOf, type Reply } from "@/lib/api/reply";
import type { Ctx } from "@/lib/context/context";
import { say } from "@/lib/messages/say";

const readVariables = z.record(z.string(), z.unknown()).catch({});

/** What an answer of this protocol looks like: failures are no strings but objects, which is what clients read. */
export type GraphqlAnswer = { readonly body: unknown; readonly afterwards?: Reply["afterwards"] };

/**
 * Answers one of the fixed documents. There is no GraphQL engine: one operation with one field of its own name, whose variables are the input;
 * the whole of its result comes back. Anything else is refused, and nothing of it is done.
 */
export async function answerGraphql(caller: Caller, body: unknown): Promise<GraphqlAnswer> {
  const asked = readCall(body);
  const known = asked ? graphqlOperations[asked.field] : undefined;
  if (!asked || known?.kind !== asked.kind) return { body: failure(asked?.field ?? null, unknownCall(caller.ctx)) };
  const { input = asked.variables } = asked.variables;
  const reply = await known.of.run(caller, input);
  if (reply.code !== apiCodes.done) return { body: failure(asked.field, envelopeOf(caller.ctx, reply)) };
  const data = reply.data ?? envelopeOf(caller.ctx, reply);
  return { body: { data: { [asked.field]: data } }, afterwards: reply.afterwards };
}

/** The shape in which clients find the code of a failure. */
export function failure(field: string | null, error: unknown): unknown {
  const path = field === null ? [] : [field];
  return { errors: [{ message: error, locations: [], path }], data: field === null ? null : { [field]: null } };
}

const unknownCall = ({ language }: Ctx) => ({ code: apiCodes.notOffered, message: say(language, "wire.not_offered") });

function readCall(body: unknown) {
  if (typeof body !== "object" || body === null || !("query" in body) || typeof body.query !== "string") return null;
  const { kind, field } = readDocument(body.query) ?? { kind: null, field: "" };
  if (kind === null || !Object.hasOwn(graphqlOperations, field)) return null;
  const variables = readVariables.parse("variables" in body ? body.variables : {});
  return { kind, field, variables } as const;
}
