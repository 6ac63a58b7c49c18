import { answerChallenge } from "@/lib/challenge/answer-challenge";
import { claimLogin } from "@/lib/challenge/claim-login";
import { config } from "@/lib/config/config";
import type { Ctx } from "@/lib/context/context";
import { optionsOfSignIn } from "@/lib/factors/passkey/sign-in";
import { DomainError } from "@/lib/kernel/errors";
import { logInWithPasskey } from "@/lib/login/log-in-with-passkey";
import { newChallenge } from "@/lib/login/sign-in/challenge";
import { answerOf, someBrowser, withPasskey } from "@/lib/testing/passkeys";
import { passes, passOf, rowsOfLogin } from "@/lib/testing/races/logins";
import { type Course, type Race, turn, word } from "@/lib/testing/races/race";
import { makePerson } from "@/lib/testing/test-context";

/** So many answers of one passkey, each to a challenge of its own. */
async function answers(ctx: Ctx, count: number): Promise<Course> {
  const person = await makePerson(ctx);
  const key = await withPasskey(ctx, person);
  const credentials = Array.from({ length: count }, () =>
    key.get(optionsOfSignIn(newChallenge(ctx, someBrowser)), config().appUrl),
  );
  return { userId: person.userId, credentials };
}

async function signIn(ctx: Ctx, course: Course, index: number): Promise<boolean> {
  const answer = { credential: turn(course, "credentials", index) };
  const { pass } = await logInWithPasskey(ctx, {
    answer,
    browser: someBrowser,
    deviceToken: null,
    returnTo: "/security",
  });
  if ((await claimLogin(ctx, pass)) === null) throw new DomainError("challenge.expired");
  return true;
}

const rows = async (ctx: Ctx, course: Course, sessions: number) => {
  const userId = word(course, "userId");
  return [
    ["sessions", await ctx.db.session.count({ where: { userId } }), sessions],
    [
      "logins told",
      await ctx.db.securityEvent.count({ where: { subjectId: userId, name: "login.passkey_accepted" } }),
      sessions,
    ],
  ] as const;
};

const oneAnswer: Race = {
  name: "one answer of a passkey, fifty times at the first door: one session",
  prepare: (ctx) => answers(ctx, 1),
  attempt: signIn,
  count: (ctx, course) => rows(ctx, course, 1),
};

/** Behind a password, in one login. */
const oneStep: Race = {
  name: "one answer of a passkey, fifty times at one second door: one session",
  prepare: async (ctx) => {
    const person = await makePerson(ctx);
    const key = await withPasskey(ctx, person);
    const [pass = ""] = await passes(ctx, person, 1);
    const { credential } = await answerOf(ctx, key, passOf(pass));
    return { userId: person.userId, pass, credential };
  },
  attempt: async (ctx, course) => {
    const pass = passOf(word(course, "pass"));
    const answer = { credential: word(course, "credential") };
    await answerChallenge(ctx, { pass, kind: "passkey", answer, sessionId: null });
    return (await claimLogin(ctx, pass)) !== null;
  },
  count: (ctx, course) => rowsOfLogin(ctx, course),
};

export const passkeyRaces: readonly Race[] = [oneAnswer, oneStep];
