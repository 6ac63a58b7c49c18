import { encodeMfaToken } from "@/lib/auth/mfa-token";
import { startLogin } from "@/lib/challenge/start-login";
import { config } from "@/lib/config/config";
import type { Ctx } from "@/lib/context/context";
import { cookieOf } from "@/lib/cookies/cookies";
import { optionsOfSignIn } from "@/lib/factors/passkey/sign-in";
import { ensure } from "@/lib/kernel/assert";
import { systemClock } from "@/lib/kernel/clock";
import { systemRandom } from "@/lib/kernel/random";
import { newChallenge } from "@/lib/login/sign-in/challenge";
import { makeBenchPeople } from "@/lib/testing/bench-people";
import { answerOf, withPasskey } from "@/lib/testing/passkeys";
import { door, oneSession, type Round, type Shot, times } from "@/lib/testing/portal-shots";
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
};

/** Somebody with a passkey, beside their app. */
async function holder(bench: Ctx) {
  const ctx = { ...bench, now: systemClock.now() };
  const [person] = await makeBenchPeople(ctx, 1);
  ensure(person, "one person was asked for");
  return { ctx, id: person.id, key: await withPasskey(ctx, { userId: person.id }) };
}
