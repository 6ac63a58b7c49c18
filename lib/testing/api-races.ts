import { decodeMfaToken } from "@/lib/auth/mfa-token";
import { prepareAnswer } from "@/lib/challenge/prepare-answer";
import type { Ctx } from "@/lib/context/context";
import { codeAt } from "@/lib/factors/totp/code";
import { ensure } from "@/lib/kernel/assert";
import { systemClock } from "@/lib/kernel/clock";
import { type BenchPerson, benchApp, makeBenchPeople, openManyLogins } from "@/lib/testing/bench-people";
import { giveCodes } from "@/lib/testing/move-in";
import { type ApiShot, oneSession, parallel, type Round, times } from "@/lib/testing/portal-shots";
import { fresh, noting, owner } from "@/lib/testing/sent-code-portal-races";

const verify = "/api/v2/mfa/totp/verify";

/** The races of the JSON API for apps, by name: a fresh person each round. */
export const apiRaces: Readonly<Record<string, (ctx: Ctx) => Promise<Round>>> = {
  "api: one login, one code": async (ctx) => {
    const { person, clientId } = await somebody(ctx);
    const [token = ""] = await openManyLogins(ctx, person, 1, clientId);
    const shot: ApiShot = { clientId, token, path: verify, body: { totp: codeNow(person) } };
    return { shots: times(() => shot), verdict: (wins) => oneSession(ctx, person.id, wins) };
  },
  "api: many logins, one code": async (ctx) => {
    const { person, clientId } = await somebody(ctx);
    const tokens = await openManyLogins(ctx, person, parallel, clientId);
    const body = { totp: codeNow(person) };
    const shots = tokens.map((token) => ({ clientId, token, path: verify, body }));
    return { shots, verdict: (wins) => oneSession(ctx, person.id, wins) };
  },
  "api: many logins, one recovery code": async (ctx) => {
    const { person, clientId } = await somebody(ctx);
    const [recoveryCode = ""] = await giveCodes(ctx, person.id);
    const tokens = await openManyLogins(ctx, person, parallel, clientId);
    const path = "/api/v2/mfa/totp/recovery";
    const shots = tokens.map((token) => ({ clientId, token, path, body: { recoveryCode } }));
    return { shots, verdict: (wins) => oneSession(ctx, person.id, wins) };
  },
  "api: one login, one text message code": async (bench) => {
    const { number, ip } = fresh();
    const { ctx, noted } = noting(bench, ip);
    const clientId = await benchApp(ctx);
    const id = await owner(ctx, number);
    const { credentialVersion } = await ctx.db.user.findUniqueOrThrow({ where: { id } });
    const [token = ""] = await openManyLogins(ctx, { id, email: "", secret: "" }, 1, clientId);
    await ctx.db.challenge.updateMany({ where: { userId: id }, data: { credentialVersion } });
    const pass = decodeMfaToken(token, clientId);
    ensure(pass, "the token is one of this app");
    await prepareAnswer(ctx, { pass, kind: "sms", factorId: null, sessionId: null });
    const path = "/api/v2/applications/mfa/sms/verify";
    const shot: ApiShot = { clientId, token, path, body: { phone: number, code: noted.code } };
    return { shots: times(() => shot), verdict: (wins) => oneSession(ctx, id, wins) };
  },
};

async function somebody(ctx: Ctx): Promise<{ readonly person: BenchPerson; readonly clientId: string }> {
  const clientId = await benchApp(ctx);
  const [person] = await makeBenchPeople(ctx, 1);
  ensure(person, "one person was asked for");
  return { person, clientId };
}

const codeNow = ({ secret }: BenchPerson) => codeAt(secret, systemClock.now());
