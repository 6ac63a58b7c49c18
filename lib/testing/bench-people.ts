import { generateSecret } from "otplib";
import { encodeMfaToken } from "@/lib/auth/mfa-token";
import { sealSessionCookie } from "@/lib/auth/session-cookie";
import type { Pass } from "@/lib/challenge/challenge";
import { claimLogin } from "@/lib/challenge/claim-login";
import { openChallenge } from "@/lib/challenge/open-challenge";
import { satisfyChallenge } from "@/lib/challenge/store";
import type { Ctx } from "@/lib/context/context";
import { firstIndexKeys, holdIndexKeys } from "@/lib/crypto/index-keys";
import { keyring } from "@/lib/crypto/keyring";
import { hashPassword } from "@/lib/crypto/password-hash";
import { seal } from "@/lib/crypto/seal";
import { openDatabase } from "@/lib/db/client";
import { systemClock } from "@/lib/kernel/clock";
import { systemRandom } from "@/lib/kernel/random";
import { portalClient } from "@/lib/policy/clients";

/** Somebody to be measured with: an account with one authenticator app. */
export type BenchPerson = { readonly id: string; readonly email: string; readonly secret: string };

export const benchPassword = "a passphrase for measuring with";

/** A context outside of any request, for filling a database. */
export function openBench(url: string): { readonly ctx: Ctx; readonly close: () => Promise<void> } {
  const db = openDatabase(url, 8);
  holdIndexKeys(firstIndexKeys(keyring())); // its portal has just been started for the first time, with these keys
  const visitor = { ip: "127.0.0.1", agent: "bench" };
  const ctx: Ctx = {
    now: systemClock.now(),
    random: systemRandom,
    db,
    visitor,
    language: "en",
    requestId: null,
    afterCommit: () => undefined,
  };
  return { ctx, close: () => db.$disconnect() };
}

/** Moves `count` people in, all with one password (hashed once, sealed for each) and a secret of their own. */
export async function makeBenchPeople(ctx: Ctx, count: number, isAdmin = false): Promise<BenchPerson[]> {
  const phc = await hashPassword(benchPassword);
  const mark = systemRandom.bytes(4).toString("hex");
  const people = Array.from({ length: count }, (_, n) => ({
    id: systemRandom.id(),
    email: `bench-${mark}-${n}@example.test`,
    secret: generateSecret({ length: 20 }),
  }));
  await ctx.db.user.createMany({
    data: people.map(({ id, email }) => ({
      id,
      email,
      emailConfirmedAt: ctx.now,
      isAdmin,
      createdAt: ctx.now,
      passwordChangedAt: ctx.now,
      passwordHash: seal(phc, { use: "enc:password", owner: [id] }),
    })),
  });
  await ctx.db.factor.createMany({
    data: people.map(({ id, secret }) => {
      const factorId = systemRandom.id();
      const sealed = seal(secret, { use: "enc:factor", owner: [id, factorId] });
      return {
        id: factorId,
        userId: id,
        kind: "totp",
        state: "ACTIVE",
        label: "Phone",
        secret: sealed,
        createdAt: ctx.now,
        confirmedAt: ctx.now,
      };
    }),
  });
  return people;
}

/** An open login for each person, of the portal's pages or of an app. Out: the mfaTokens, in the same order. */
export async function openLogins(
  ctx: Ctx,
  people: readonly BenchPerson[],
  clientId: string = portalClient,
): Promise<string[]> {
  const now = systemClock.now();
  return inSteps(people, async ({ id }) => encodeMfaToken(await openLogin({ ...ctx, now }, id, clientId), id));
}

const openLogin = (ctx: Ctx, userId: string, clientId: string): Promise<Pass> =>
  openChallenge(ctx, {
    userId,
    purpose: "LOGIN",
    state: "OPEN",
    clientId,
    firstAmr: ["pwd"],
    credentialVersion: 1,
    sessionId: null,
    deviceId: null,
    isShared: false,
    returnTo: "/security",
    reason: null,
    address: [],
    network: null,
  });

/** `count` open logins of one person at once. Out: the mfaTokens. */
export const openManyLogins = (ctx: Ctx, person: BenchPerson, count: number, clientId?: string): Promise<string[]> =>
  openLogins(
    ctx,
    Array.from({ length: count }, () => person),
    clientId,
  );

/** The app that calls of the API are measured with. Out: its id. */
export async function benchApp(ctx: Ctx): Promise<string> {
  const id = "bench-app";
  const flags = { unmasked: false, demands: false, isDefault: false, createdAt: ctx.now };
  await ctx.db.app.createMany({
    data: [{ id, name: "Bench", origins: [], servers: [], ...flags }],
    skipDuplicates: true,
  });
  return id;
}

/** A live session for each person. Out: the value of the session cookie, in the same order. */
export async function openSessions(ctx: Ctx, people: readonly BenchPerson[]): Promise<string[]> {
  const now = systemClock.now();
  return inSteps(people, async ({ id }) => {
    const then = { ...ctx, now };
    const pass = await openLogin(then, id, portalClient);
    await satisfyChallenge(then, pass.challengeId, { state: "SATISFIED", kind: "totp", step: null });
    const opened = await claimLogin(then, pass);
    if (!opened) throw new Error("A session for the benchmark could not be opened.");
    return sealSessionCookie(opened.sessionToken, id);
  });
}

/** Does the work for all, eight at a time. Out: the results in the same order. */
export async function inSteps<T, R>(all: readonly T[], work: (one: T) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  for (let start = 0; start < all.length; start += 8)
    results.push(...(await Promise.all(all.slice(start, start + 8).map(work))));
  return results;
}
