import { encodeMfaToken } from "@/lib/auth/mfa-token";
import { sealSessionCookie } from "@/lib/auth/session-cookie";
import { startLogin } from "@/lib/challenge/start-login";
import type { Ctx } from "@/lib/context/context";
import { cookieOf } from "@/lib/cookies/cookies";
import { ensure } from "@/lib/kernel/assert";
import { invitePerson } from "@/lib/operator/invite-person";
import type { CallerKind } from "@/lib/testing/hostile/actions";
import { makePerson, openSessionFor, withAddress, withTotp } from "@/lib/testing/test-context";
import { findAccount } from "@/lib/users/store";

/** One caller: the cookies of their browser, and what an address or a form can name of theirs. */
export type Caller = { readonly cookie: string; readonly link: string; readonly factor: string };

const nobody = { cookie: "", link: "x", factor: "x" } as const;

/** Somebody new of that kind: what one door ends, the next one still has. */
export const callers: Readonly<Record<CallerKind, (ctx: Ctx) => Promise<Caller>>> = {
  stranger: async () => ({ ...nobody, cookie: `${cookieOf("probe").name}=1` }),
  invited: async (ctx) => {
    const email = `${ctx.random.bytes(6).toString("hex")}@example.test`;
    const { link } = await invitePerson(ctx, { email, username: null, isAdmin: false, by: "hostile" });
    return { ...nobody, cookie: `${cookieOf("probe").name}=1`, link: link.split("/").at(-1) ?? "" };
  },
  "between doors": async (ctx) => {
    const person = await makePerson(ctx);
    await withTotp(ctx, person);
    return betweenDoors(ctx, person.userId);
  },
  "owing a factor": async (ctx) => betweenDoors(ctx, (await makePerson(ctx, { isAdmin: true })).userId),
  inside: async (ctx) => {
    const person = await makePerson(ctx);
    const { factorId } = await withTotp(ctx, person);
    await withAddress(ctx, person, "email", person.email);
    const { token } = await openSessionFor(ctx, person);
    const cookie = `${cookieOf("session").name}=${sealSessionCookie(token, person.userId)}`;
    return { ...nobody, cookie, factor: factorId };
  },
};

async function betweenDoors(ctx: Ctx, userId: string): Promise<Caller> {
  return { ...nobody, cookie: `${cookieOf("second-door").name}=${await passOf(ctx, userId, null)}` };
}

/** The mfaToken of somebody who is between the doors of the app of this id, as a header carries it. */
export async function bearerBetweenDoors(ctx: Ctx, appId: string): Promise<string> {
  const person = await makePerson(ctx);
  await withTotp(ctx, person);
  return `Bearer ${await passOf(ctx, person.userId, appId)}`;
}

async function passOf(ctx: Ctx, userId: string, appId: string | null): Promise<string> {
  const account = await findAccount(ctx, userId);
  ensure(account, "the person has an account");
  const app = appId === null ? null : { id: appId, demands: false };
  const { pass } = await startLogin(ctx, { account, amr: ["pwd"], deviceId: null, returnTo: "/security", app });
  return encodeMfaToken(pass, userId);
}
