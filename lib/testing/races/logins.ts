import { answerChallenge } from "@/lib/challenge/answer-challenge";
import type { Pass } from "@/lib/challenge/challenge";
import { claimLogin } from "@/lib/challenge/claim-login";
import { startLogin } from "@/lib/challenge/start-login";
import type { Ctx } from "@/lib/context/context";
import { ensure } from "@/lib/kernel/assert";
import { portalClient } from "@/lib/policy/clients";
import type { FactorKind } from "@/lib/policy/traits";
import { type Course, word } from "@/lib/testing/races/race";
import type { TestPerson } from "@/lib/testing/test-context";
import { findAccount } from "@/lib/users/store";

type Through = { readonly id: string; readonly demands: boolean };

/** Logins behind the first door, of the portal's pages or through an app, as words: challenge and token beside each other. */
export async function passes(
  ctx: Ctx,
  person: TestPerson,
  count: number,
  app: Through | null = null,
): Promise<string[]> {
  const account = await findAccount(ctx, person.userId);
  ensure(account, "the person has an account");
  const made: string[] = [];
  for (let index = 0; index < count; index += 1) {
    const { pass } = await startLogin(ctx, { account, amr: ["pwd"], deviceId: null, returnTo: "/security", app });
    made.push(wordsOf(pass));
  }
  return made;
}

export const wordsOf = ({ challengeId, tokenId }: Pass): string => `${challengeId} ${tokenId}`;

export function passOf(words: string, clientId: string = portalClient): Pass {
  const [challengeId = "", tokenId = ""] = words.split(" ");
  return { challengeId, tokenId, clientId };
}

/** The whole second door: answer, then claim the session. */
export async function enter(ctx: Ctx, pass: Pass, kind: FactorKind, code: string): Promise<boolean> {
  await answerChallenge(ctx, { pass, kind, answer: { code }, sessionId: null });
  return (await claimLogin(ctx, pass)) !== null;
}

/** One session, out of one challenge that was answered once. */
export async function rowsOfLogin(ctx: Ctx, course: Course) {
  const userId = word(course, "userId");
  return [
    ["sessions", await ctx.db.session.count({ where: { userId } }), 1],
    ["consumed challenges", await ctx.db.challenge.count({ where: { userId, state: "CONSUMED" } }), 1],
    ["satisfied ones left over", await ctx.db.challenge.count({ where: { userId, state: "SATISFIED" } }), 0],
    [
      "answers recorded",
      await ctx.db.securityEvent.count({ where: { subjectId: userId, name: "challenge.answered" } }),
      1,
    ],
  ] as const;
}
