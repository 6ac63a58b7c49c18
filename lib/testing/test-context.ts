import { claimLogin } from "@/lib/challenge/claim-login";
import { startLogin } from "@/lib/challenge/start-login";
import { satisfyChallenge } from "@/lib/challenge/store";
import type { Ctx } from "@/lib/context/context";
import { sha256 } from "@/lib/crypto/digest";
import { type Db, openDatabase } from "@/lib/db/client";
import { codeAt } from "@/lib/factors/totp/code";
import { ensure } from "@/lib/kernel/assert";
import { type Clock, fixedClock } from "@/lib/kernel/clock";
import { systemRandom } from "@/lib/kernel/random";
import { type Actor, actorOf } from "@/lib/sessions/acting-session";
import type { CurrentSession } from "@/lib/sessions/session";
import { findLiveSession } from "@/lib/sessions/store";
import { emptied, lentDatabase } from "@/lib/testing/lent-database";
import { giveCodes, giveFactor, giveTotp, moveIn } from "@/lib/testing/move-in";
import { ensureSettings } from "@/lib/testing/test-settings";
import { findAccount } from "@/lib/users/store";

/** Where a test's clock stands unless it says otherwise: a Monday morning. */
export const monday = new Date("2030-01-07T09:00:00.000Z");

export type MovableClock = ReturnType<typeof fixedClock>;
type Making = {
  readonly db: Db;
  readonly clock?: Clock;
  readonly ip?: string;
  readonly agent?: string;
  /** The request that it serves; none unless said otherwise. */
  readonly requestId?: string | null;
};

/**
 * A context for tests. `now` follows `clock` (by default one that stands at `monday`), so the same context serves before
 * and after a move; inside a transaction the instant stays. Events are rows as always; their log lines are not printed.
 */
export function testContext(making: Making): Ctx {
  const { db, clock = fixedClock(monday), ip = "192.0.2.1", agent = "test", requestId = null } = making;
  ensureSettings();
  return {
    get now() {
      return clock.now();
    },
    random: systemRandom,
    db,
    visitor: { ip, agent },
    language: "en",
    requestId,
    afterCommit: () => undefined,
  };
}

/** A migrated database of its own with a context and its clock. `empty` it between tests, close it in `afterAll`. */
export async function testHouse(requestId: string | null = null) {
  const { url, drop } = await lentDatabase();
  const db = openDatabase(url, 8);
  const clock = fixedClock(monday);
  const close = async () => {
    await db.$disconnect();
    await drop();
  };
  const empty = async () => {
    await db.$executeRawUnsafe(emptied);
  };
  return { url, db, clock, ctx: testContext({ db, clock, requestId }), empty, close } as const;
}

export type TestPerson = {
  readonly userId: string;
  readonly email: string;
  readonly username: string | null;
  readonly isAdmin: boolean;
  readonly password: string;
};

/** Somebody who has taken up their invitation. Without an `email` a fresh one, so that tests never share a person. */
export async function makePerson(ctx: Ctx, wishes: Partial<Omit<TestPerson, "userId">> = {}): Promise<TestPerson> {
  const person = {
    email: wishes.email ?? `${ctx.random.bytes(6).toString("hex")}@example.test`,
    username: wishes.username ?? null,
    isAdmin: wishes.isAdmin ?? false,
    password: wishes.password ?? "seven quiet herons at dawn",
  };
  const userId = await moveIn(ctx, person);
  ensure(userId, `nobody has ${person.email} yet`);
  return { ...person, userId };
}

export type TestApp = { readonly factorId: string; readonly secret: string; readonly codeAt: (moment: Date) => string };

/** Binds an authenticator app. No code of it is spent yet; sessions from before are void, as after every binding. */
export async function withTotp(ctx: Ctx, person: TestPerson, label = "Phone"): Promise<TestApp> {
  const { factorId, secret } = await giveTotp(ctx, person.userId, { label });
  return { factorId, secret, codeAt: (moment) => codeAt(secret, moment) };
}

/** Binds a phone number or an e-mail address, without a code. Sessions from before are void, as after every binding. */
export async function withAddress(ctx: Ctx, person: TestPerson, kind: "sms" | "email", to: string): Promise<string> {
  return (await giveFactor(ctx, { userId: person.userId, kind, label: kind, given: { destination: to } })).factorId;
}

/** A fresh set of ten recovery codes, as they are shown. Earlier ones are void. */
export function withRecoveryCodes(ctx: Ctx, person: TestPerson): Promise<readonly string[]> {
  return giveCodes(ctx, person.userId);
}

/** As if nothing had been demanded when this person logged in: a session from before policy asked for a factor. */
async function passWithPassword(ctx: Ctx, id: string): Promise<void> {
  await ctx.db.challenge.update({ where: { id }, data: { state: "SATISFIED", satisfiedAt: ctx.now } });
}

export type TestSession = {
  /** What the cookie would hold. */
  readonly token: string;
  /** Of the browser that passed both doors; null when there was no second one. */
  readonly deviceToken: string | null;
  readonly session: CurrentSession;
  readonly actor: Actor;
};

/** A live session, opened through the one door for sessions. An authenticator app answers the challenge without spending a code. */
export async function openSessionFor(ctx: Ctx, person: Pick<TestPerson, "userId">): Promise<TestSession> {
  const account = await findAccount(ctx, person.userId);
  ensure(account, "the person has an account");
  const { pass, next } = await startLogin(ctx, { account, amr: ["pwd"], deviceId: null, returnTo: "/security" });
  if (next === "answer")
    await satisfyChallenge(ctx, pass.challengeId, { state: "SATISFIED", kind: "totp", step: null });
  if (next === "enrol") await passWithPassword(ctx, pass.challengeId);
  const opened = await claimLogin(ctx, pass);
  ensure(opened, "the challenge can be claimed");
  const session = await findLiveSession(ctx, sha256(opened.sessionToken));
  ensure(session, "the session is live");
  return { token: opened.sessionToken, deviceToken: opened.deviceToken, session, actor: actorOf(session) };
}
