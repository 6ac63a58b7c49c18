import { answerGraphql, failure } from "@/lib/api/graphql";
import { apiRoute, preflight } from "@/lib/web/api-route";

/** The GraphQL half of the JSON API for apps: fixed documents, no engine. Other methods are told in the same shape. */
const answer = apiRoute({
  answer: (caller, given, { method }) => answerGraphql(caller, method === "POST" ? given : null),
  failed: (envelope) => failure(null, envelope),
});

export { answer as DELETE, answer as GET, answer as POST, preflight as OPTIONS };
