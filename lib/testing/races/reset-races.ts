import { answerChallenge } from "@/lib/challenge/answer-challenge";
import type { Ctx } from "@/lib/context/context";
import { later } from "@/lib/kernel/duration";
import { linkHash, newLinkToken } from "@/lib/links/link";
import { addResetLink } from "@/lib/links/store";
import { logInWithPassword } from "@/lib/login/log-in-with-password";
import { policy } from "@/lib/policy/policy";
import { addressMark } from "@/lib/resets/live-reset";
import { openReset } from "@/lib/resets/open-reset";
import { setNewPassword } from "@/lib/resets/set-new-password";
import { passOf, wordsOf } from "@/lib/testing/races/logins";
import { type Course, type Race, turn, word } from "@/lib/testing/races/race";
import { makePerson, type TestPerson, withTotp } from "@/lib/testing/test-context";

const password = "nine slow ferries to nowhere";

/** The token of a letter about a forgotten password, without the letter. */
async function letterTo(ctx: Ctx, { userId, email }: TestPerson): Promise<string> {
  const token = newLinkToken(ctx, "reset");
  const hash = linkHash(token, "reset") ?? "";
  const expiresAt = later(ctx.now, policy.link.reset);
  await addResetLink(ctx, { hash, userId, sentTo: addressMark(email), expiresAt }, policy.reset.liveLinks);
  return token;
}

/** Somebody with an app whose reset was begun `times` times by one letter. */
async function begun(ctx: Ctx, times: number) {
  const person = await makePerson(ctx);
  const app = await withTotp(ctx, person);
  const token = await letterTo(ctx, person);
  const passes: string[] = [];
  for (let press = 0; press < times; press += 1)
    passes.push(wordsOf((await openReset(ctx, { token, deviceToken: null })).pass));
  return { userId: person.userId, email: person.email, passes, code: app.codeAt(ctx.now) };
}

const answered = (ctx: Ctx, words: string, code: string) =>
  answerChallenge(ctx, { pass: passOf(words), kind: "totp", answer: { code }, sessionId: null });

const resets = async (ctx: Ctx, course: Course, state: string, expected: number) => {
  const where = { userId: word(course, "userId"), purpose: "RESET", state };
  return [`resets that are ${state}`, await ctx.db.challenge.count({ where }), expected] as const;
};

const spentLinks = async (ctx: Ctx, course: Course) => {
  const where = { userId: word(course, "userId"), purpose: "reset", spentAt: { not: null } };
  return ["spent links", await ctx.db.oneTimeLink.count({ where }), 1] as const;
};

const set = (ctx: Ctx, words: string) => setNewPassword(ctx, { pass: passOf(words), password, remove: [] });

/** What a forgotten password hangs on, each once. */
export const resetRaces: readonly Race[] = [
  {
    name: "one letter, pressed by fifty, nothing more asked",
    prepare: async (ctx) => {
      const person = await makePerson(ctx);
      return { userId: person.userId, token: await letterTo(ctx, person) };
    },
    attempt: async (ctx, course) =>
      (await openReset(ctx, { token: word(course, "token"), deviceToken: null })).next === "choose",
    count: async (ctx, course) => [await resets(ctx, course, "SATISFIED", 1), await spentLinks(ctx, course)],
  },
  {
    name: "three challenges of one letter, one code",
    prepare: (ctx) => begun(ctx, policy.reset.openings),
    attempt: async (ctx, course, index) => {
      await answered(ctx, turn(course, "passes", index), word(course, "code"));
      return true;
    },
    count: async (ctx, course) => [await resets(ctx, course, "SATISFIED", 1), await spentLinks(ctx, course)],
  },
  {
    name: "one confirmed reset, fifty passwords",
    prepare: async (ctx) => {
      const course = await begun(ctx, 1);
      await answered(ctx, turn(course, "passes", 0), course.code);
      return course;
    },
    attempt: async (ctx, course) => {
      await set(ctx, turn(course, "passes", 0));
      return true;
    },
    count: async (ctx, course) => [
      await resets(ctx, course, "CONSUMED", 1),
      [
        "passwords set",
        await ctx.db.securityEvent.count({ where: { subjectId: word(course, "userId"), name: "password.reset" } }),
        1,
      ],
    ],
  },
  {
    name: "one factor of a reset, claimed by fifty logins",
    prepare: async (ctx) => {
      const course = await begun(ctx, 1);
      await answered(ctx, turn(course, "passes", 0), course.code);
      await set(ctx, turn(course, "passes", 0));
      return course;
    },
    attempt: async (ctx, course) => {
      const pass = passOf(turn(course, "passes", 0));
      const typed = { identifier: word(course, "email"), password, deviceToken: null, returnTo: "/security", pass };
      return (await logInWithPassword(ctx, typed)).next === "claim";
    },
    count: async (ctx, course) => [await resets(ctx, course, "DEAD", 1)],
  },
];
