import { encodeMfaToken } from "@/lib/auth/mfa-token";
import type { Pass } from "@/lib/challenge/challenge";
import { beginAtLogin } from "@/lib/challenge/enrol-at-login";
import { prepareAnswer } from "@/lib/challenge/prepare-answer";
import { startLogin } from "@/lib/challenge/start-login";
import type { Ctx } from "@/lib/context/context";
import { ensure } from "@/lib/kernel/assert";
import { systemClock } from "@/lib/kernel/clock";
import { systemRandom } from "@/lib/kernel/random";
import { makeBenchPeople } from "@/lib/testing/bench-people";
import { giveFactor } from "@/lib/testing/move-in";
import { numberIn } from "@/lib/testing/numbers";
import { answer, door, oneSession, type Round, type Shot, times } from "@/lib/testing/portal-shots";
import { findAccount } from "@/lib/users/store";

let rounds = 0;

/** A number and an address that no other round has, the address in a network of its own: what a network asks for is counted for a day. */
export function fresh() {
  rounds += 1;
  return { number: numberIn(rounds, rounds), ip: `10.200.${rounds & 255}.${rounds >> 8}` };
}

/** The outbox worker of a portal wipes what it carries, so the code is noted when it is made. */
export function noting(ctx: Ctx, ip: string) {
  const noted = { code: "" };
  const digits = (count: number) => {
    noted.code = systemRandom.digits(count);
    return noted.code;
  };
  const random = { ...systemRandom, digits };
  return { noted, ctx: { ...ctx, now: systemClock.now(), random, visitor: { ip, agent: "race" } } };
}

/** The races for codes by text message, by name: a fresh person each round. */
export const sentCodeRaces: Readonly<Record<string, (ctx: Ctx) => Promise<Round>>> = {
  "one login, one text message code": async (bench) => {
    const { number, ip } = fresh();
    const { ctx, noted } = noting(bench, ip);
    const id = await owner(ctx, number);
    const pass = await passOf(ctx, id);
    await prepareAnswer(ctx, { pass, kind: "sms", factorId: null, sessionId: null });
    const shot = answer(door(await encodeMfaToken(pass, id)), "sms", noted.code);
    return { shots: times(() => shot), verdict: async (wins) => (await oneSession(ctx, id, wins)) ?? spent(ctx, id) };
  },
  "one login, fifty times asked for a code": async (bench) => {
    const { number, ip } = fresh();
    const { ctx } = noting(bench, ip);
    const id = await owner(ctx, number);
    const cookie = door(await encodeMfaToken(await passOf(ctx, id), id));
    const shot: Shot = {
      action: "sendCodeAction",
      path: "/challenge/sms",
      cookie,
      fields: { kind: "sms" },
      leadsTo: "/challenge/sms",
    };
    return { shots: times(() => shot), verdict: (wins) => oneMessage(ctx, id, wins) };
  },
  "one number bound in a login, confirmed at once": async (bench) => {
    const { number, ip } = fresh();
    const { ctx, noted } = noting(bench, ip);
    const id = await somebody(ctx);
    await ctx.db.user.update({ where: { id }, data: { policy: { demand: "on" } } });
    const given = { destination: number };
    const { pass } = await beginAtLogin(ctx, { pass: await passOf(ctx, id), kind: "sms", given });
    ensure(pass, "the first beginning gives another token");
    const shot: Shot = {
      action: "confirmAtLoginAction",
      path: "/enrol/sms",
      cookie: door(await encodeMfaToken(pass, id)),
      fields: { kind: "sms", code: noted.code, label: "" },
    };
    return { shots: times(() => shot), verdict: async (wins) => (await oneSession(ctx, id, wins)) ?? bound(ctx, id) };
  },
};

/** Somebody with a password and nothing else. */
async function somebody(ctx: Ctx): Promise<string> {
  const [person] = await makeBenchPeople(ctx, 1);
  ensure(person, "one person was asked for");
  await ctx.db.factor.deleteMany({ where: { userId: person.id } });
  return person.id;
}

export async function owner(ctx: Ctx, number: string): Promise<string> {
  const userId = await somebody(ctx);
  await giveFactor(ctx, { userId, kind: "sms", label: "Phone", given: { destination: number } });
  return userId;
}

async function passOf(ctx: Ctx, userId: string): Promise<Pass> {
  const account = await findAccount(ctx, userId);
  ensure(account, "the person has an account");
  return (await startLogin(ctx, { account, amr: ["pwd"], deviceId: null, returnTo: "/security" })).pass;
}

async function spent(ctx: Ctx, userId: string): Promise<string | null> {
  const count = await ctx.db.oneTimeCode.count({ where: { userId, spentAt: { not: null } } });
  return count === 1 ? null : `${count} codes spent`;
}

async function oneMessage(ctx: Ctx, userId: string, wins: number): Promise<string | null> {
  const letters = await ctx.db.letter.count({ where: { userId } });
  const codes = await ctx.db.oneTimeCode.count({ where: { userId } });
  return wins === 1 && letters === 1 && codes === 1 ? null : `${wins} yes, ${letters} messages, ${codes} codes`;
}

async function bound(ctx: Ctx, userId: string): Promise<string | null> {
  const active = await ctx.db.factor.count({ where: { userId, state: "ACTIVE" } });
  const codes = await ctx.db.recoveryCode.count({ where: { userId } });
  return active === 1 && codes === 10 ? spent(ctx, userId) : `${active} bound, ${codes} recovery codes`;
}
