import { languageOfClient } from "@/lib/messages/choose-language";
import type { Language } from "@/lib/messages/words-shape";
import { errorAnswer } from "@/lib/serve/error-page";

/**
 * An error of ours as clients of the API read it: a code and a sentence in the language that they ask for, inside `errors` where they speak
 * GraphQL. In: the path, the HTTP status that it would have, what the client says of its language, and what else would be spoken.
 */
export function apiError(
  path: string,
  status: number,
  { asked, otherwise }: { readonly asked: string | undefined; readonly otherwise: Language },
): string {
  const envelope = { code: status, message: errorAnswer(status, languageOfClient(asked) ?? otherwise) };
  const isGraphql = path.replace(/^\/+/, "").startsWith("graphql");
  return JSON.stringify(
    isGraphql ? { errors: [{ message: envelope, locations: [], path: [] }], data: null } : envelope,
  );
}
