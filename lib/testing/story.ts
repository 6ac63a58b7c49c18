import { afterAll, beforeAll, beforeEach, vi } from "vitest";
import type { Pass } from "@/lib/challenge/challenge";
import { startLogin } from "@/lib/challenge/start-login";
import type { Ctx } from "@/lib/context/context";
import { matchStep } from "@/lib/factors/totp/code";
import { ensure } from "@/lib/kernel/assert";
import { DomainError } from "@/lib/kernel/errors";
import { type LoggedIn, logInWithPassword } from "@/lib/login/log-in-with-password";
import { recognise } from "@/lib/sessions/devices/known-device";
import { type TestPerson, testContext, testHouse } from "@/lib/testing/test-context";
import { setSettings } from "@/lib/testing/test-settings";
import { type BucketState, findBucket } from "@/lib/throttle/store";
import { findAccount } from "@/lib/users/store";

type OpenHouse = Awaited<ReturnType<typeof testHouse>>;

/** A database, a clock and as many visitors as a test file needs. */
export type House = {
  readonly db: OpenHouse["db"];
  readonly clock: OpenHouse["clock"];
  readonly url: string;
  /** A context that writes the person's own doings; its address is always the same. */
  readonly ctx: Ctx;
  /** Somebody from an address that nobody used before: what an attacker can rotate. */
  readonly stranger: () => Ctx;
  /** What this test has printed so far: the lines of the log, which stay out of the terminal. */
  readonly logged: () => readonly string[];
};

/** One house for the whole test file, with `changes` to the standard configuration. `requestId`: of whatever happens in it. */
export function openHouse(changes: Readonly<Record<string, string>> = {}, requestId: string | null = null): House {
  const place: { open: OpenHouse | null; visitors: number; lines: string[] } = { open: null, visitors: 0, lines: [] };
  const open = () => {
    if (!place.open) throw new Error("The house opens in beforeAll.");
    return place.open;
  };
  beforeAll(async () => {
    setSettings(changes);
    place.open = await testHouse(requestId);
  });
  beforeEach(() => {
    place.lines = [];
    vi.spyOn(process.stdout, "write").mockImplementation((line) => place.lines.push(String(line)) > 0);
  });
  afterAll(() => open().close());
  return {
    get db() {
      return open().db;
    },
    get clock() {
      return open().clock;
    },
    get url() {
      return open().url;
    },
    get ctx() {
      return open().ctx;
    },
    logged: () => place.lines,
    stranger: () => {
      place.visitors += 1;
      const ip = `10.${place.visitors >> 8}.${place.visitors & 255}.1`;
      return testContext({ db: open().db, clock: open().clock, ip, requestId });
    },
  };
}

type Knock = {
  readonly password?: string;
  readonly identifier?: string;
  readonly deviceToken?: string | null;
  readonly isShared?: boolean;
  readonly app?: { readonly id: string; readonly demands: boolean };
  readonly pass?: Pass | null;
  readonly unlockToken?: string | null;
};

/** The first door, with the person's own password and e-mail unless said otherwise. */
export function knock(ctx: Ctx, person: TestPerson, changes: Knock = {}): Promise<LoggedIn> {
  const { email: identifier, password } = person;
  return logInWithPassword(ctx, { identifier, password, deviceToken: null, returnTo: "/security", ...changes });
}

/** A login whose first door was passed on this device, if it is one; without the work of a password. */
export async function atSecondDoor(ctx: Ctx, userId: string, deviceToken: string | null = null): Promise<Pass> {
  const account = await findAccount(ctx, userId);
  ensure(account, "the person has an account");
  const { deviceId } = await recognise(ctx, { identifier: account.email }, deviceToken);
  return (await startLogin(ctx, { account, amr: ["pwd"], deviceId, returnTo: "/security" })).pass;
}

/** Six digits that are no code of `secret` anywhere near `now`. */
export function wrongCode(secret: string, now: Date): string {
  for (let guess = 0; guess < 1000; guess += 1) {
    const code = String(guess).padStart(6, "0");
    if (matchStep(secret, code, now, 30) === null) return code;
  }
  throw new Error("Every guess is a code: the secret cannot be right.");
}

/** The refusal that `doing` ends in. A success or a fault of ours is a failure of the test. */
export async function refusalOf(doing: Promise<unknown>): Promise<DomainError> {
  try {
    await doing;
  } catch (error) {
    if (error instanceof DomainError) return error;
    throw error;
  }
  throw new Error("It was not refused.");
}

/** The message id of the refusal that `doing` ends in. */
export const refused = async (doing: Promise<unknown>): Promise<string> => (await refusalOf(doing)).id;

const untouched: BucketState = { fails: 0, orphans: 0, blockedUntil: null, windowStart: new Date(0) };

/** A counter as its row tells it; one that was never used stands at nothing. */
export const counter = async (ctx: Ctx, key: string): Promise<BucketState> => (await findBucket(ctx, key)) ?? untouched;

/** While `work` runs, the database refuses to write that a challenge was answered: a fault at the worst moment, after the judging. */
export async function whileBroken<T>(ctx: Ctx, work: () => Promise<T>): Promise<T> {
  await ctx.db
    .$executeRaw`ALTER TABLE security_events ADD CONSTRAINT broken CHECK (name <> 'challenge.answered') NOT VALID`;
  try {
    return await work();
  } finally {
    await ctx.db.$executeRaw`ALTER TABLE security_events DROP CONSTRAINT broken`;
  }
}

/** The same visitor, whose log lines are printed, into the story's `logged`. */
export const aloud = (ctx: Ctx): Ctx => ({ ...ctx, now: ctx.now, afterCommit: (act) => act() });

/** The names of a person's events in order. */
export async function eventNames(ctx: Ctx, subjectId: string | null): Promise<string[]> {
  const rows = await ctx.db.securityEvent.findMany({
    where: { subjectId },
    orderBy: [{ at: "asc" }, { id: "asc" }],
    select: { name: true },
  });
  return rows.map(({ name }) => name);
}
