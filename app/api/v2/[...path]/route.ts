import { answerRest } from "@/lib/api/rest";
import { withoutTrailing } from "@/lib/kernel/without-trailing";
import { apiRoute, preflight } from "@/lib/web/api-route";

const prefix = "/api/v2/";

/** The REST half of the JSON API for apps: `lib/api/operations.ts` has the table of its paths. A query is read like a body. */
const answer = apiRoute({
  answer: (caller, given, { method, url }) => {
    const { pathname, searchParams } = new URL(url);
    const path = withoutTrailing(pathname.slice(prefix.length), "/");
    const isTwice = new Set(searchParams.keys()).size < searchParams.size; // which of two would count is not ours to guess
    const query = isTwice ? null : Object.fromEntries(searchParams);
    return answerRest(caller, { method, path, given: method === "GET" ? query : given });
  },
  failed: (envelope) => envelope,
});

export { answer as DELETE, answer as GET, answer as POST, preflight as OPTIONS };
