import { faces } from "@/components/factors/faces";
import { listWords } from "@/lib/messages/list-words";
import type { Say } from "@/lib/messages/say";
import type { Language } from "@/lib/messages/words-shape";
import type { SessionView } from "@/lib/sessions/list-sessions";

/** What a login was proven with, in that order, as a list says it; "" where this portal knows none of it. */
export function proofWords(session: Pick<SessionView, "proofs" | "isByTrust">, say: Say, language: Language): string {
  const factors = session.proofs.map((kind) => say(faces[kind].name));
  return listWords([...factors, ...(session.isByTrust ? [say("sessions.trusted_name")] : [])], language);
}
