import "@/lib/testing/histories/cheap-hashing";
import { changePassword } from "@/lib/account/change-password";
import { answerChallenge } from "@/lib/challenge/answer-challenge";
import { cancelChallenge } from "@/lib/challenge/cancel-challenge";
import type { Pass } from "@/lib/challenge/challenge";
import { claimLogin } from "@/lib/challenge/claim-login";
import { beginAtLogin, confirmAtLogin, sendAgainAtLogin } from "@/lib/challenge/enrol-at-login";
import { prepareAnswer } from "@/lib/challenge/prepare-answer";
import { startStepUp } from "@/lib/challenge/start-step-up";
import { config } from "@/lib/config/config";
import type { Ctx } from "@/lib/context/context";
import { sha256 } from "@/lib/crypto/digest";
import { openSecret } from "@/lib/crypto/factor-secret";
import { type Db, openDatabase } from "@/lib/db/client";
import { beginEnrolment } from "@/lib/factors/begin-enrolment";
import { binderOf } from "@/lib/factors/binder-of";
import { cancelEnrolment } from "@/lib/factors/cancel-enrolment";
import { confirmEnrolment } from "@/lib/factors/confirm-enrolment";
import { usableKinds } from "@/lib/factors/on-offer";
import { otpDeliveryOf } from "@/lib/factors/otp-delivery-of";
import { regenerateCodes } from "@/lib/factors/regenerate-codes";
import { removeFactor } from "@/lib/factors/remove-factor";
import { sendAgain } from "@/lib/factors/send-again";
import { earlier } from "@/lib/kernel/duration";
import { DomainError } from "@/lib/kernel/errors";
import { logInWithPassword } from "@/lib/login/log-in-with-password";
import { logOut } from "@/lib/login/log-out";
import { unlockPerson } from "@/lib/operator/unlock-person";
import type { FreshAction } from "@/lib/policy/freshness";
import { policy } from "@/lib/policy/policy";
import type { FactorKind } from "@/lib/policy/traits";
import { actorOf } from "@/lib/sessions/acting-session";
import { type CurrentSession, isFresh } from "@/lib/sessions/session";
import { findLiveSession, touchSession } from "@/lib/sessions/store";
import type { Beginning } from "@/lib/testing/histories/model/people";
import { type Act, inTurn, type Said, said, strangersAddress } from "@/lib/testing/histories/model/said";
import type { Kind } from "@/lib/testing/histories/model/state";
import type { View } from "@/lib/testing/histories/model/view";
import { mustBind } from "@/lib/testing/histories/must-bind";
import { lookAt } from "@/lib/testing/histories/rows";
import { type Cookies, passwordOf, saidOf, type World, withCode } from "@/lib/testing/histories/world";
import { giveCodes, giveFactor, moveIn } from "@/lib/testing/move-in";
import { testContext } from "@/lib/testing/test-context";
import { setSettings } from "@/lib/testing/test-settings";

/** One portal: a copy of the house's modules over the common database. Nothing of it is known to another but by the rows and the world. */
export type House = {
  readonly moveIn: (world: World, beginning: Beginning) => Promise<void>;
  readonly play: (world: World, act: Act) => Promise<Said>;
  /** `asked`: the browser that did something last. */
  readonly look: (world: World, asked: number | null) => Promise<View>;
  readonly close: () => Promise<void>;
};

type Room = { readonly ctx: Ctx; readonly world: World };
type Plays = {
  readonly [Name in Act["do"]]: (room: Room, act: Extract<Act, { readonly do: Name }>) => Promise<Said>;
};

/** The only file of the histories that knows the use-cases: when they are renamed, this one follows. */
export function openHouse(url: string, settings: Readonly<Record<string, string>>): House {
  setSettings(settings);
  config();
  const db = openDatabase(url, 8);
  return {
    moveIn: (world, beginning) => settle(roomOf(db, world), beginning),
    play: async (world, act) => {
      const room = roomOf(db, world);
      const one = plays[act.do] as (room: Room, act: Act) => Promise<Said>;
      try {
        return await one(room, act);
      } catch (error) {
        if (error instanceof DomainError) return saidOf(error, world.now);
        throw error;
      }
    },
    look: (world, asked) => lookAt(roomOf(db, world).ctx, world, asked),
    close: () => db.$disconnect(),
  };
}

/** A context whose clock is the world's; the visitor comes with each act. */
const roomOf = (db: Db, world: World): Room => ({
  world,
  ctx: testContext({ db, clock: { now: () => new Date(world.now) } }),
});

const at = ({ ctx }: Room, { ip, agent }: Cookies): Ctx => ({ ...ctx, now: ctx.now, visitor: { ip, agent } });

function browserOf({ world }: Room, index: number): Cookies {
  const browser = world.browsers[index];
  if (!browser) throw new Error(`There is no browser ${index}.`);
  return browser;
}

/** Everybody moves in in the minutes before the first step, one thing after the other. */
async function settle({ ctx, world }: Room, { now, people }: Beginning): Promise<void> {
  world.now = now - 60_000;
  for (const { email, isAdmin, isDemanded, factors, codes } of people) {
    const userId = await moveIn(ctx, { email, username: null, isAdmin, password: passwordOf(0) });
    if (userId === null) throw new Error(`Somebody has ${email} already.`);
    world.people.push({ userId, email });
    if (isDemanded !== null)
      await ctx.db.user.update({ where: { id: userId }, data: { policy: { demand: isDemanded ? "on" : "off" } } });
    for (const { name, kind, to } of factors) {
      world.now += 1_000;
      const given = to === null ? {} : { destination: to };
      const { factorId, secret } = await giveFactor(ctx, { userId, kind, label: name, given });
      world.names.set(factorId, name);
      world.secrets.set(name, { factorId, secret });
    }
    if (codes.length === 0) continue;
    const shown = await giveCodes(ctx, userId);
    for (const [place, name] of codes.entries()) world.saved.set(name, shown[place] ?? "");
    world.savedCount += codes.length;
  }
  world.now = now;
}

/** As `lib/web/guard` has it, without the framework: the session of this browser, whose use is noted. */
async function sessionOf(room: Room, browser: Cookies): Promise<CurrentSession | null> {
  const ctx = at(room, browser);
  const session = browser.session === null ? null : await findLiveSession(ctx, sha256(browser.session));
  const before = earlier(ctx.now, policy.session.touchEvery);
  if (session && session.lastSeenAt <= before) await touchSession(ctx, session.id, before);
  return session;
}

type Here = { readonly ctx: Ctx; readonly browser: Cookies; readonly session: CurrentSession };

/** Runs `work` for somebody in a session, who owes nothing unless said otherwise, with a fresh proof where one is asked for. */
async function inSession(
  room: Room,
  index: number,
  asked: { readonly fresh?: FreshAction; readonly mayOwe?: boolean },
  work: (here: Here) => Promise<Said>,
): Promise<Said> {
  const browser = browserOf(room, index);
  const session = await sessionOf(room, browser);
  const ctx = at(room, browser);
  if (session === null) return said("log in");
  if (asked.mayOwe !== true && mustBind(session, ctx.now)) return said("bind first");
  if (asked.fresh === undefined || isFresh(session, ctx.now, usableKinds())) return work({ ctx, browser, session });
  return askForProof({ ctx, browser, session }, asked.fresh);
}

async function askForProof({ ctx, browser, session }: Here, action: FreshAction): Promise<Said> {
  browser.pass = await startStepUp(ctx, { session, action, returnTo: "/security" });
  await bring(ctx, browser.pass, session.id);
  return said("prove");
}

/** As `lib/web/send-first-code`: what cannot be posted now holds nobody up. */
async function bring(ctx: Ctx, pass: Pass, sessionId: string | null): Promise<void> {
  try {
    await prepareAnswer(ctx, { pass, kind: null, factorId: null, sessionId, onlyFirst: true });
  } catch (error) {
    if (!(error instanceof DomainError) || !error.id.startsWith("post.")) throw error;
  }
}

/** Runs `work` for a browser between the doors. */
async function between(
  room: Room,
  index: number,
  work: (here: {
    readonly ctx: Ctx;
    readonly browser: Cookies;
    readonly pass: Pass;
    readonly sessionId: string | null;
  }) => Promise<Said>,
): Promise<Said> {
  const browser = browserOf(room, index);
  const session = await sessionOf(room, browser);
  if (browser.pass === null) return said("over");
  return work({ ctx: at(room, browser), browser, pass: browser.pass, sessionId: session?.id ?? null });
}

/** Both doors are behind: the session takes the place of the one that this browser had. */
async function enter(room: Room, browser: Cookies, pass: Pass, shown: readonly string[]): Promise<Said> {
  const before = await sessionOf(room, browser);
  const opened = await claimLogin(at(room, browser), pass, { session: before, deviceToken: browser.device });
  if (!opened) return said("over");
  browser.pass = null;
  browser.session = opened.sessionToken;
  if (opened.deviceToken !== null) browser.device = opened.deviceToken;
  return said("in", show(room.world, shown));
}

/** Recovery codes that are shown get their names in the order in which they are. */
function show(world: World, codes: readonly string[]): { readonly shows?: number } {
  for (const code of codes) {
    world.savedCount += 1;
    world.saved.set(`r${world.savedCount}`, code);
  }
  return codes.length > 0 ? { shows: codes.length } : {};
}

async function knock(room: Room, browser: Cookies, person: number | null, password: number): Promise<Said> {
  const ctx = at(room, browser);
  const identifier =
    person === null ? `nobody-${room.world.number}@example.test` : (room.world.people[person]?.email ?? "");
  const { pass, next, maySend } = await logInWithPassword(ctx, {
    identifier,
    password: passwordOf(password),
    deviceToken: browser.device,
    returnTo: "/security",
  });
  if (next === "claim") return enter(room, browser, pass, []);
  browser.pass = pass;
  if (next === "answer" && maySend) await bring(ctx, pass, null);
  return said(next);
}

const plays: Plays = {
  logIn: (room, { browser, person, password }) => knock(room, browserOf(room, browser), person, password),
  answer: (room, { browser, kind, code }) => answerIn(room, browserOf(room, browser), kind, code),
  send: (room, { browser, kind, factor }) =>
    between(room, browser, async ({ ctx, pass, sessionId }) => {
      const factorId = factor === null ? null : (room.world.secrets.get(factor)?.factorId ?? "none");
      await prepareAnswer(ctx, { pass, kind, factorId, sessionId });
      return posted(kind);
    }),
  cancel: (room, { browser: index }) =>
    between(room, index, async ({ ctx, browser, pass }) => {
      await cancelChallenge(ctx, pass);
      browser.pass = null;
      return said("cancelled");
    }),
  logOut: (room, { browser: index }) =>
    inSession(room, index, { mayOwe: true }, async ({ ctx, browser, session }) => {
      await logOut(ctx, { sessionId: session.id, userId: session.userId });
      browser.session = null;
      browser.pass = null;
      return said("out");
    }),
  look: (room, { browser }) => inSession(room, browser, {}, async () => said("seen")),
  stepUp: (room, { browser, action }) =>
    inSession(room, browser, { mayOwe: true }, (here) => askForProof(here, action)),
  begin: (room, { browser, kind, to, replaces, as }) =>
    inSession(room, browser, { fresh: "factor.add", mayOwe: true }, async ({ ctx, session }) => {
      const replacesId = replaces === null ? null : (room.world.secrets.get(replaces)?.factorId ?? "none");
      const given = to === null ? {} : { destination: to };
      const { factorId } = await beginEnrolment(ctx, { binder: binderOf(actorOf(session)), kind, replacesId, given });
      return begun(room, factorId, as);
    }),
  beginAtLogin: (room, { browser: index, kind, to, as }) =>
    between(room, index, async ({ ctx, browser, pass }) => {
      const given = to === null ? {} : { destination: to };
      const { factorId, pass: prolonged } = await beginAtLogin(ctx, { pass, kind, given });
      if (prolonged) browser.pass = prolonged;
      return begun(room, factorId, as);
    }),
  confirm: (room, { browser: index, kind, code }) =>
    inSession(room, index, { fresh: "factor.add", mayOwe: true }, async ({ ctx, browser, session }) => {
      const answer = withCode(room.world, kind, code);
      const names = { label: "", defaultLabel: "Factor" };
      const bound = await confirmEnrolment(ctx, { actor: actorOf(session), kind, answer, ...names });
      browser.session = bound.sessionToken;
      return said("bound", { ends: bound.endedSessions, ...show(room.world, bound.codes ?? []) });
    }),
  confirmAtLogin: (room, { browser: index, kind, code }) =>
    between(room, index, async ({ ctx, browser, pass }) => {
      const answer = withCode(room.world, kind, code);
      const { reveal } = await confirmAtLogin(ctx, { pass, kind, answer, label: "", defaultLabel: "Factor" });
      return enter(room, browser, pass, reveal);
    }),
  drop: (room, { browser, kind }) =>
    inSession(room, browser, { mayOwe: true }, async ({ ctx, session }) => {
      await cancelEnrolment(ctx, { actor: actorOf(session), kind });
      return said("dropped");
    }),
  again: (room, { browser, kind }) =>
    inSession(room, browser, { fresh: "factor.add", mayOwe: true }, async ({ ctx, session }) => {
      await sendAgain(ctx, { binder: binderOf(actorOf(session)), kind });
      return posted(kind);
    }),
  againAtLogin: (room, { browser, kind }) =>
    between(room, browser, async ({ ctx, pass }) => {
      await sendAgainAtLogin(ctx, { pass, kind });
      return posted(kind);
    }),
  remove: (room, { browser: index, factor }) =>
    inSession(room, index, { fresh: "factor.remove" }, async ({ ctx, browser, session }) => {
      const factorId = room.world.secrets.get(factor)?.factorId ?? "none";
      const { sessionToken, endedSessions } = await removeFactor(ctx, { actor: actorOf(session), factorId });
      browser.session = sessionToken;
      return said("removed", { ends: endedSessions });
    }),
  newCodes: (room, { browser }) =>
    inSession(room, browser, { fresh: "recovery.regenerate" }, async ({ ctx, session }) =>
      said("made", show(room.world, await regenerateCodes(ctx, { actor: actorOf(session) }))),
    ),
  changePassword: (room, { browser: index, current, next }) =>
    inSession(room, index, { fresh: "password.change" }, async ({ ctx, browser, session }) => {
      const typed = { current: passwordOf(current), next: passwordOf(next) };
      const { sessionToken, endedSessions } = await changePassword(ctx, { actor: actorOf(session), ...typed });
      browser.session = sessionToken;
      return said("changed", { ends: endedSessions });
    }),
  unlock: async ({ ctx, world }, { person }) => {
    await unlockPerson(ctx, { userId: world.people[person]?.userId ?? "", by: "history" });
    return said("unlocked");
  },
  guessPassword,
  guessCode,
  wait: async ({ world }, { length }) => {
    world.now += length;
    return said("waited");
  },
  restart: async () => said("restarted"),
};

const posted = (kind: FactorKind): Said => said(otpDeliveryOf(kind) === null ? "nothing to send" : "sent");

/** What was begun has its name from now on, and whoever began it knows its secret. */
async function begun({ ctx, world }: Room, factorId: string, as: string): Promise<Said> {
  const row = await ctx.db.factor.findUnique({
    where: { id: factorId },
    select: { id: true, userId: true, secret: true },
  });
  world.names.set(factorId, as);
  world.secrets.set(as, { factorId, secret: (row && openSecret(row)) ?? "" });
  return said("begun");
}

async function answerIn(room: Room, browser: Cookies, kind: Kind, code: Code): Promise<Said> {
  const session = await sessionOf(room, browser);
  const { pass } = browser;
  if (pass === null) return said("over");
  const ctx = at(room, browser);
  const answer = withCode(room.world, kind, code);
  const answered = await answerChallenge(ctx, { pass, kind, answer, sessionId: session?.id ?? null });
  if (answered.purpose === "HALF") {
    await bring(ctx, pass, session?.id ?? null);
    return said("half");
  }
  if (answered.purpose === "LOGIN") return enter(room, browser, pass, answered.reveal);
  browser.session = answered.sessionToken;
  browser.pass = null;
  return said("proven", show(room.world, answered.reveal));
}

type Code = Extract<Act, { readonly do: "answer" }>["code"];

async function guessPassword(
  room: Room,
  { person, times, from }: Extract<Act, { readonly do: "guessPassword" }>,
): Promise<Said> {
  const all: Said[] = [];
  for (let time = 0; time < times; time += 1) {
    const browser = guesserAt(room, from, time);
    const heard = await refusalOr(room, () => knock(room, browser, person, -1));
    all.push(heard);
    room.world.now += heard.waits ?? 0;
  }
  return inTurn(all);
}

async function guessCode(
  room: Room,
  { person, password, kind, times, from }: Extract<Act, { readonly do: "guessCode" }>,
): Promise<Said> {
  const { world } = room;
  const all: Said[] = [];
  let [browser, logins]: [Cookies | null, number] = [null, 0];
  for (let time = 0; time < times; time += 1) {
    if (browser === null) {
      const guesser = guesserAt(room, from, logins);
      browser = guesser;
      logins += 1;
      all.push(await refusalOr(room, () => knock(room, guesser, person, password)));
    }
    const typing = browser;
    const heard = await refusalOr(room, () => answerIn(room, typing, kind, "wrong"));
    all.push(heard);
    world.now += heard.said === "wait" ? (heard.waits ?? 0) : 0;
    if (heard.said !== "wrong") browser = null;
  }
  return inTurn(all);
}

async function refusalOr({ world }: Room, work: () => Promise<Said>): Promise<Said> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof DomainError) return saidOf(error, world.now);
    throw error;
  }
}

function guesserAt(room: Room, from: Extract<Act, { readonly do: "guessCode" }>["from"], time: number): Cookies {
  if ("browser" in from) return browserOf(room, from.browser);
  return {
    ip: strangersAddress(room.world.number, from.strangers + time),
    agent: "Stranger",
    session: null,
    pass: null,
    device: null,
  };
}
