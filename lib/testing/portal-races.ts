import type { Ctx } from "@/lib/context/context";
import { cookieOf } from "@/lib/cookies/cookies";
import { insertPending } from "@/lib/factors/store";
import { codeAt } from "@/lib/factors/totp/code";
import { ensure } from "@/lib/kernel/assert";
import { systemClock } from "@/lib/kernel/clock";
import { systemRandom } from "@/lib/kernel/random";
import { apiRaces } from "@/lib/testing/api-races";
import { type BenchPerson, makeBenchPeople, openManyLogins, openSessions } from "@/lib/testing/bench-people";
import { giveCodes, giveTotp } from "@/lib/testing/move-in";
import { passkeyRaces } from "@/lib/testing/passkey-portal-races";
import { answer, door, oneSession, parallel, type Round, times } from "@/lib/testing/portal-shots";
import { sentCodeRaces } from "@/lib/testing/sent-code-portal-races";

/** Every race by name: a fresh person each round. */
export const races: Readonly<Record<string, (ctx: Ctx) => Promise<Round>>> = {
  "one login, one code": async (ctx) => {
    const person = await somebody(ctx);
    const [token = ""] = await openManyLogins(ctx, person, 1);
    const shot = answer(door(token), "totp", codeNow(person.secret));
    return { shots: times(() => shot), verdict: (wins) => oneSession(ctx, person.id, wins) };
  },
  "many logins, one code": async (ctx) => {
    const person = await somebody(ctx);
    const tokens = await openManyLogins(ctx, person, parallel);
    const code = codeNow(person.secret);
    return {
      shots: tokens.map((token) => answer(door(token), "totp", code)),
      verdict: (wins) => oneSession(ctx, person.id, wins),
    };
  },
  "one login, many recovery codes": async (ctx) => {
    const person = await somebody(ctx);
    const codes = await giveCodes(ctx, person.id);
    const [token = ""] = await openManyLogins(ctx, person, 1);
    const shots = times((n) => answer(door(token), "recovery", codes[n % codes.length] ?? ""));
    return { shots, verdict: async (wins) => (await oneSession(ctx, person.id, wins)) ?? oneSpent(ctx, person) };
  },
  "many logins, one recovery code": async (ctx) => {
    const person = await somebody(ctx);
    const [code = ""] = await giveCodes(ctx, person.id);
    const tokens = await openManyLogins(ctx, person, parallel);
    const shots = tokens.map((token) => answer(door(token), "recovery", code));
    return { shots, verdict: async (wins) => (await oneSession(ctx, person.id, wins)) ?? oneSpent(ctx, person) };
  },
  "one enrolment, confirmed at once": async (ctx) => {
    const person = await somebody(ctx);
    const [session = ""] = await openSessions(ctx, [person]);
    const secret = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP";
    const now = { ...ctx, now: systemClock.now() };
    const live = await ctx.db.session.findFirst({ where: { userId: person.id }, select: { id: true } });
    await insertPending(now, {
      begunIn: live?.id ?? null,
      id: systemRandom.id(),
      userId: person.id,
      kind: "totp",
      label: "New",
      secret,
      replacesId: null,
    });
    const fields = { kind: "totp", label: "New", code: codeNow(secret) };
    const shot = {
      action: "confirmEnrolmentAction",
      path: "/security/factors/new/totp",
      cookie: `${cookieOf("session").name}=${session}`,
      fields,
    } as const;
    return { shots: times(() => shot), verdict: (wins) => oneBound(ctx, person, wins) };
  },
  "the last two factors, removed at once": async (ctx) => {
    const person = await somebody(ctx, true);
    await ctx.db.user.update({ where: { id: person.id }, data: { credentialVersion: 1 } });
    await giveTotp(ctx, person.id, { label: "Second" });
    await ctx.db.user.update({ where: { id: person.id }, data: { credentialVersion: 1 } });
    const [session = ""] = await openSessions(ctx, [person]);
    const factors = await ctx.db.factor.findMany({ where: { userId: person.id }, select: { id: true } });
    const shots = times(
      (n) =>
        ({
          action: "removeFactorAction",
          path: "/security",
          cookie: `${cookieOf("session").name}=${session}`,
          fields: { factorId: factors[n % 2]?.id ?? "" },
        }) as const,
    );
    return { shots, verdict: (wins) => oneLeft(ctx, person, wins) };
  },
  ...sentCodeRaces,
  ...passkeyRaces,
  ...apiRaces,
};

async function somebody(ctx: Ctx, isAdmin = false): Promise<BenchPerson> {
  const [person] = await makeBenchPeople(ctx, 1, isAdmin);
  ensure(person, "one person was asked for");
  return person;
}

const codeNow = (secret: string) => codeAt(secret, systemClock.now());

async function oneSpent(ctx: Ctx, { id }: BenchPerson): Promise<string | null> {
  const spent = await ctx.db.recoveryCode.count({ where: { userId: id, usedAt: { not: null } } });
  const left = await ctx.db.recoveryCode.count({ where: { userId: id, usedAt: null } });
  return spent === 1 && left === 10 ? null : `${spent} codes spent, ${left} left`;
}

async function oneBound(ctx: Ctx, { id }: BenchPerson, wins: number): Promise<string | null> {
  const active = await ctx.db.factor.count({ where: { userId: id, state: "ACTIVE", label: "New" } });
  const codes = await ctx.db.recoveryCode.count({ where: { userId: id } });
  return wins === 1 && active === 1 && codes === 10 ? null : `${wins} yes, ${active} bound, ${codes} codes`;
}

async function oneLeft(ctx: Ctx, { id }: BenchPerson, wins: number): Promise<string | null> {
  const left = await ctx.db.factor.count({ where: { userId: id, state: "ACTIVE" } });
  return wins === 1 && left === 1 ? null : `${wins} removed, ${left} left`;
}
