import { startLogin } from "@/lib/challenge/start-login";
import { type Ctx, inShortTransaction, sql } from "@/lib/context/context";
import { ensure } from "@/lib/kernel/assert";
import { policy } from "@/lib/policy/policy";
import { type Counter, throttleRules } from "@/lib/policy/throttle-rules";
import { type Course, type Race, word } from "@/lib/testing/races/race";
import { makePerson, withTotp } from "@/lib/testing/test-context";
import { bucketKey, once } from "@/lib/throttle/bucket";
import { type ConsumedInWindow, consumeWindowTry } from "@/lib/throttle/windows/store";
import { accountTry, resetAccountTries } from "@/lib/users/password/store";
import { findAccount } from "@/lib/users/store";

const { strangersFailures, consecutiveFailures } = policy.password;

/** Fifty wrong passwords at once when so many were counted before: only those that are left are judged. */
function wrongPasswords(name: string, by: Counter, before: number, cap: number): Race {
  return {
    name,
    winners: cap - before,
    prepare: async (ctx) => {
      const { userId } = await makePerson(ctx);
      await ctx.db.user.update({ where: { id: userId }, data: { passwordFailures: before } });
      return { userId };
    },
    attempt: async (ctx, course) => (await sql(ctx).$executeRaw`${accountTry(word(course, "userId"), by, once)}`) === 1,
    count: async (ctx, course) => [
      ["counted", (await findAccount(ctx, word(course, "userId")))?.passwordFailures ?? 0, cap],
    ],
  };
}

const sessionRule = throttleRules["password.session"];

const sessionRace: Race = {
  name: "the current password of one session, fifty wrong ones",
  winners: sessionRule.limit,
  prepare: async (ctx) => ({ key: bucketKey("password.session", ctx.random.id()) }),
  attempt: async (ctx, course) => (await consumeWindowTry(ctx, word(course, "key"), sessionRule)) !== null,
  count: async (ctx, course) => [["counted", await failsOf(ctx, word(course, "key")), sessionRule.limit]],
};

/** The first door's last transaction, for somebody who consumed this of their address. */
async function open(ctx: Ctx, userId: string, address: readonly ConsumedInWindow[] = []): Promise<boolean> {
  const account = await findAccount(ctx, userId);
  ensure(account, "the person has an account");
  return inShortTransaction(ctx, async (tx) => {
    await resetAccountTries(tx, userId);
    return (await startLogin(tx, { account, amr: ["pwd"], deviceId: null, returnTo: "/security", address })) !== null;
  });
}

const halfLoginRace: Race = {
  name: "fifty half logins of one account: twenty stay",
  winners: 50,
  prepare: async (ctx) => {
    const person = await makePerson(ctx);
    await withTotp(ctx, person);
    return { userId: person.userId };
  },
  attempt: (ctx, course) => open(ctx, word(course, "userId")),
  count: async (ctx, course) => [
    ["live", await ctx.db.challenge.count({ where: halfLogins(course) }), policy.challenge.perPerson],
  ],
};

const halfLogins = (course: Course) => ({ userId: word(course, "userId"), state: "OPEN" });

const addressRefundRace: Race = {
  name: "fifty right passwords of one account at one address: ten tries are refunded",
  winners: 50,
  prepare: async (ctx, round) => {
    const { userId } = await makePerson(ctx);
    const keys = [bucketKey("address.near", `race ${round}`), bucketKey("address.wide", `race ${round}`)];
    for (const key of keys)
      await ctx.db.bucket.create({
        data: { key, fails: 50, orphans: 0, windowStart: ctx.now, updatedAt: ctx.now },
      });
    return { userId, keys };
  },
  attempt: (ctx, course) => {
    const consumed = keysOf(course).map((key) => ({ key, count: 50, windowStart: ctx.now }));
    return open(ctx, word(course, "userId"), consumed);
  },
  count: async (ctx, course) => {
    const left = await Promise.all(keysOf(course).map((key) => failsOf(ctx, key)));
    const given = await failsOf(ctx, bucketKey("login.given_back", word(course, "userId")));
    return [
      ["near", left[0] ?? 0, 40],
      ["wide", left[1] ?? 0, 40],
      ["refunded", given, throttleRules["login.given_back"].limit],
    ];
  },
};

const keysOf = ({ keys }: Course): readonly string[] => (typeof keys === "string" || keys === undefined ? [] : keys);

const failsOf = async (ctx: Ctx, key: string): Promise<number> =>
  (await ctx.db.bucket.findUnique({ where: { key } }))?.fails ?? 0;

/** The races of what keeps strangers out and owners in. */
export const lockoutRaces: readonly Race[] = [
  wrongPasswords(
    "fifty wrong passwords of strangers, five left",
    "strangers",
    strangersFailures - 5,
    strangersFailures,
  ),
  wrongPasswords("fifty wrong passwords on known devices, ten left", "device", strangersFailures, consecutiveFailures),
  sessionRace,
  halfLoginRace,
  addressRefundRace,
];
