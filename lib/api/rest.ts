import { apiCodes } from "@/lib/api/codes";
import type { Caller } from "@/lib/api/operation";
import { type Method, restOperations } from "@/lib/api/operations";
import { type Envelope, envelopeOf, type Reply } from "@/lib/api/reply";

type RestCall = { readonly method: string; readonly path: string; readonly given: unknown };

/** Answers one call under /api/v2: `path` is what comes after it. Unknown paths and methods are told in the envelope too. */
export async function answerRest(
  caller: Caller,
  { method, path, given }: RestCall,
): Promise<{ readonly body: Envelope; readonly afterwards?: Reply["afterwards"] }> {
  const there = Object.hasOwn(restOperations, path) ? restOperations[path] : undefined;
  const found = isMethod(method) ? there?.[method] : undefined;
  if (!found) {
    const reply: Reply = there
      ? { code: apiCodes.wrongMethod, message: "wire.wrong_method" }
      : { code: apiCodes.noSuchPath, message: "wire.no_such_path" };
    return { body: envelopeOf(caller.ctx, reply) };
  }
  const reply = await found.run(caller, given);
  return { body: envelopeOf(caller.ctx, reply), afterwards: reply.afterwards };
}

const isMethod = (method: string): method is Method => method === "GET" || method === "POST" || method === "DELETE";
