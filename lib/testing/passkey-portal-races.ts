import { encodeMfaToken } from "@/lib/auth/mfa-token";
import { readPendingPrepared } from "@/lib/challenge/enrol-at-login";
import { startLogin } from "@/lib/challenge/start-login";
import { config } from "@/lib/config/config";
import type { Ctx } from "@/lib/context/context";
import { cookieOf } from "@/lib/cookies/cookies";
import { beginEnrolment } from "@/lib/factors/begin-enrolment";
import { optionsOfSignIn } from "@/lib/factors/passkey/sign-in";
import { ensure } from "@/lib/kernel/assert";
import { systemClock } from "@/lib/kernel/clock";
import { days, earlier } from "@/lib/kernel/duration";
import { systemRandom } from "@/lib/kernel/random";
import { newChallenge } from "@/lib/login/sign-in/challenge";
import { optionsUnasked } from "@/lib/pending/keep-unasked";
import { portalClient } from "@/lib/policy/clients";
import { findLiveSession } from "@/lib/sessions/store";
import { type BenchPerson, makeBenchPeople, openSessions } from "@/lib/testing/bench-people";
import { answerOf, optionsIn, withPasskey } from "@/lib/testing/passkeys";
import { door, oneSession, parallel, type Round, type Shot, times } from "@/lib/testing/portal-shots";
import { softwareKey } from "@/lib/testing/software-key";
import { findAccount } from "@/lib/users/store";

/** The races for passkeys, by name: a fresh person each round. */
export const passkeyRaces: Readonly<Record<string, (ctx: Ctx) => Promise<Round>>> = {
  "one answer of a passkey, at the first door": async (bench) => {
    const { ctx, id, key } = await holder(bench);
    const browser = systemRandom.token();
    const challenge = newChallenge(ctx, browser);
    const credential = key.get(optionsOfSignIn(challenge), config().appUrl);
    const shot: Shot = {
      action: "logInAction",
      path: "/login",
      cookie: `${cookieOf("signing-in").name}=${browser}`,
      fields: { credential, returnTo: "/security" },
    };
    return { shots: times(() => shot), verdict: (wins) => oneSession(ctx, id, wins) };
  },
  "one answer of a passkey, at one second door": async (bench) => {
    const { ctx, id, key } = await holder(bench);
    const account = await findAccount(ctx, id);
    ensure(account, "the person has an account");
    const { pass } = await startLogin(ctx, { account, amr: ["pwd"], deviceId: null, returnTo: "/security" });
    const { credential } = await answerOf(ctx, key, pass);
    const cookie = door(await encodeMfaToken(pass, id));
    const fields = { kind: "passkey", credential };
    const shot: Shot = { action: "answerAction", path: "/challenge/passkey", cookie, fields };
    return { shots: times(() => shot), verdict: (wins) => oneSession(ctx, id, wins) };
  },
  "one binding of a passkey, confirmed with twenty-five keys": async (bench) => {
    const { ctx, person, cookie, session } = await insider(bench);
    const binder = { ...person, userId: person.id, sessionId: session.id, begunIn: session.id, clientId: portalClient };
    await beginEnrolment(ctx, { binder, kind: "passkey", replacesId: null, given: {} });
    const options = optionsIn(await readPendingPrepared(ctx, binder, "passkey"));
    const path = "/security/factors/new/passkey";
    const shots = fromEach(options, (credential): Shot => {
      const fields = { kind: "passkey", label: "", credential };
      return { action: "confirmEnrolmentAction", path, cookie, fields };
    });
    return { shots, verdict: async (wins) => (await onePasskey(ctx, person, wins)) ?? newCodes(ctx, person) };
  },
  "one passkey made without a dialogue, kept with twenty-five keys": async (bench) => {
    const { ctx, person, cookie, session } = await insider(bench);
    const options = await optionsUnasked(ctx, session);
    ensure(options, "a browser of a week may make one");
    const shots = fromEach(options, (credential): Shot => {
      const fields = { credential };
      return { action: "keepUnaskedAction", path: "/security", cookie, fields, leadsTo: null };
    });
    return { shots, verdict: async (wins) => (await onePasskey(ctx, person, wins)) ?? toldOnce(ctx, person) };
  },
};

/** Somebody with a passkey, beside their app. */
async function holder(bench: Ctx) {
  const { ctx, person } = await somebody(bench);
  return { ctx, id: person.id, key: await withPasskey(ctx, { userId: person.id }) };
}

async function somebody(bench: Ctx) {
  const ctx = { ...bench, now: systemClock.now() };
  const [person] = await makeBenchPeople(ctx, 1);
  ensure(person, "one person was asked for");
  return { ctx, person };
}

/** Somebody with an app who has just logged in by it, in a browser that has been known for a week, as their password has. */
async function insider(bench: Ctx) {
  const { ctx, person } = await somebody(bench);
  const [sealed = ""] = await openSessions(ctx, [person]);
  const [userId, longAgo] = [person.id, earlier(ctx.now, days(8))];
  await ctx.db.device.updateMany({ where: { userId }, data: { createdAt: longAgo } });
  await ctx.db.user.update({ where: { id: userId }, data: { createdAt: longAgo, passwordChangedAt: longAgo } });
  const row = await ctx.db.session.findFirst({ where: { userId }, select: { tokenHash: true } });
  const session = await findLiveSession(ctx, row?.tokenHash ?? "");
  ensure(session, "the session is live");
  return { ctx, person, session, cookie: `${cookieOf("session").name}=${sealed}` };
}

/** What so many keys have made for one challenge, each of it sent to both portals. */
function fromEach(options: string, shotOf: (credential: string) => Shot): readonly Shot[] {
  const made = Array.from({ length: parallel / 2 }, () => softwareKey().create(options, config().appUrl));
  return times((n) => shotOf(made[n % made.length] ?? ""));
}

async function onePasskey(ctx: Ctx, { id: userId }: BenchPerson, wins: number): Promise<string | null> {
  const held = await ctx.db.factor.count({ where: { userId, kind: "passkey" } });
  const active = await ctx.db.factor.count({ where: { userId, kind: "passkey", state: "ACTIVE" } });
  return wins === 1 && held === 1 && active === 1 ? null : `${wins} yes, ${active} bound of ${held}`;
}

async function newCodes(ctx: Ctx, { id: userId }: BenchPerson): Promise<string | null> {
  const codes = await ctx.db.recoveryCode.count({ where: { userId } });
  return codes === 10 ? null : `${codes} recovery codes`;
}

async function toldOnce(ctx: Ctx, { id: subjectId }: BenchPerson): Promise<string | null> {
  const told = await ctx.db.securityEvent.count({ where: { subjectId, name: "passkey.made_unasked" } });
  return told === 1 ? null : `${told} times told`;
}
