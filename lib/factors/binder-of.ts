import type { Binder } from "@/lib/factors/begin-enrolment";
import type { Actor } from "@/lib/sessions/acting-session";

/** The person of a session as one who binds a factor in their session. */
export const binderOf = ({ userId, email, sessionId, clientId }: Actor): Binder => ({
  userId,
  email,
  sessionId,
  begunIn: sessionId,
  clientId,
});
