import type { Ctx } from "@/lib/context/context";
import { type Course, word } from "@/lib/testing/races/race";
import { openSessionFor, type TestPerson } from "@/lib/testing/test-context";

/** Who acts in that session. */
export const actorOf = (course: Course) => ({
  userId: word(course, "userId"),
  email: word(course, "email"),
  isAdmin: true,
  policy: null,
  sessionId: word(course, "sessionId"),
  deviceId: null,
  clientId: "portal",
  credentialVersion: Number(word(course, "version")),
});

/** Somebody in a session, as words. */
export async function signedIn(ctx: Ctx, person: TestPerson): Promise<Course> {
  const { actor } = await openSessionFor(ctx, person);
  return {
    userId: person.userId,
    email: person.email,
    sessionId: actor.sessionId,
    version: String(actor.credentialVersion),
  };
}
