import "@/lib/testing/cheap-hashing";
import { changePassword } from "@/lib/account/change-password";
import { cancelChallenge } from "@/lib/challenge/cancel-challenge";
import {
  beginAtLogin,
  confirmAtLogin,
  readAtLogin,
  readPendingPrepared,
  sendAgainAtLogin,
} from "@/lib/challenge/enrol-at-login";
import { prepareAnswer } from "@/lib/challenge/prepare-answer";
import { config } from "@/lib/config/config";
import { openSecret } from "@/lib/crypto/factor-secret";
import { type Db, openDatabase } from "@/lib/db/client";
import { beginEnrolment } from "@/lib/factors/begin-enrolment";
import { binderOf } from "@/lib/factors/binder-of";
import { cancelEnrolment } from "@/lib/factors/cancel-enrolment";
import { otpDeliveryOf } from "@/lib/factors/otp-delivery-of";
import { regenerateCodes } from "@/lib/factors/regenerate-codes";
import { sendAgain } from "@/lib/factors/send-again";
import { DomainError } from "@/lib/kernel/errors";
import { logOut } from "@/lib/login/log-out";
import { unlockPerson } from "@/lib/operator/unlock-person";
import { confirmReplacement } from "@/lib/pending/confirm-replacement";
import type { FactorKind } from "@/lib/policy/traits";
import { setNewPassword } from "@/lib/resets/set-new-password";
import { actorOf } from "@/lib/sessions/acting-session";
import { api, giveApp } from "@/lib/testing/histories/house/api";
import { changes } from "@/lib/testing/histories/house/changes";
import { answerIn, enter, knock, show } from "@/lib/testing/histories/house/doors";
import { guessCode, guessPassword } from "@/lib/testing/histories/house/guesses";
import { created } from "@/lib/testing/histories/house/keys";
import { reset } from "@/lib/testing/histories/house/resets";
import { askForProof, between, browserOf, inSession, type Room } from "@/lib/testing/histories/house/room";
import { signIn } from "@/lib/testing/histories/house/sign-in";
import { makeUnasked } from "@/lib/testing/histories/house/unasked";
import type { Beginning } from "@/lib/testing/histories/model/people";
import { type Act, type Said, said } from "@/lib/testing/histories/model/said";
import type { Key } from "@/lib/testing/histories/model/state";
import type { View } from "@/lib/testing/histories/model/view";
import { lookAt } from "@/lib/testing/histories/rows";
import { passwordOf, saidOf, type World, withCode } from "@/lib/testing/histories/world";
import { giveCodes, giveFactor, moveIn } from "@/lib/testing/move-in";
import { withPasskey } from "@/lib/testing/passkeys";
import { softwareKey } from "@/lib/testing/software-key";
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

type Plays = {
  readonly [Name in Act["do"]]: (room: Room, act: Extract<Act, { readonly do: Name }>) => Promise<Said>;
};

/** With its folder the only place of the histories that knows the use-cases: when they are renamed, it follows. */
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

/** Everybody moves in in the minutes before the first step, one thing after the other. */
async function settle({ ctx, world }: Room, { now, people, apps }: Beginning): Promise<void> {
  world.now = now - 60_000;
  for (const [app, { demands }] of apps.entries()) await giveApp({ ctx, world }, app, demands);
  for (const { email, isAdmin, isDemanded, isStrict, factors, codes } of people) {
    const userId = await moveIn(ctx, { email, username: null, isAdmin, password: passwordOf(0) });
    if (userId === null) throw new Error(`Somebody has ${email} already.`);
    world.people.push({ userId, email });
    const demand = isDemanded === null ? {} : { demand: isDemanded ? "on" : "off" };
    const policy = { ...demand, ...(isStrict ? { strength: "phishing-resistant" } : {}) };
    if (Object.keys(policy).length > 0) await ctx.db.user.update({ where: { id: userId }, data: { policy } });
    for (const { name, kind, to, key: made } of factors) {
      world.now += 1_000;
      if (made !== null) {
        await giveKey({ ctx, world }, { userId, name, made });
        continue;
      }
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

type Keyed = { readonly userId: string; readonly name: string; readonly made: Key };

/** A passkey in somebody's hand, bound before the first step. */
async function giveKey({ ctx, world }: Room, { userId, name, made }: Keyed): Promise<void> {
  const { verifies, isSynced } = made;
  const { factorId, ...key } = await withPasskey(
    ctx,
    { userId },
    { label: name, verifies, uvAtBinding: verifies, isSynced },
  );
  world.names.set(factorId, name);
  world.secrets.set(name, { factorId, secret: "" });
  world.keys.set(name, key);
}

const plays: Plays = {
  signIn,
  logIn: (room, { browser, person, password }) => knock(room, browserOf(room, browser), person, password),
  answer: (room, { browser, ...typed }) => answerIn(room, browserOf(room, browser), typed),
  send: (room, { browser, kind, factor }) =>
    between(room, browser, async ({ ctx, pass, sessionId }) => {
      const factorId = factor === null ? null : (room.world.secrets.get(factor)?.factorId ?? "none");
      await prepareAnswer(ctx, { pass, kind, factorId, sessionId });
      return sent(kind);
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
      const answer =
        kind === "passkey"
          ? created(room.world, await readPendingPrepared(ctx, binderOf(actorOf(session)), kind), code)
          : withCode(room.world, kind, code);
      const names = { label: "", defaultLabel: "Factor" };
      const bound = await confirmReplacement(ctx, { actor: actorOf(session), kind, answer, ...names });
      browser.session = bound.sessionToken;
      return said("bound", { ends: bound.endedSessions, ...show(room.world, bound.codes) });
    }),
  confirmAtLogin: (room, { browser: index, kind, code }) =>
    between(room, index, async ({ ctx, browser, pass }) => {
      const prepared = kind === "passkey" ? ((await readAtLogin(ctx, { pass, kind }))?.prepared ?? null) : null;
      const answer = kind === "passkey" ? created(room.world, prepared, code) : withCode(room.world, kind, code);
      const { reveal } = await confirmAtLogin(ctx, { pass, kind, answer, label: "", defaultLabel: "Factor" });
      return enter(room, browser, pass, { shown: reveal });
    }),
  makeUnasked,
  drop: (room, { browser, kind }) =>
    inSession(room, browser, { mayOwe: true }, async ({ ctx, session }) => {
      await cancelEnrolment(ctx, { actor: actorOf(session), kind });
      return said("dropped");
    }),
  again: (room, { browser, kind }) =>
    inSession(room, browser, { fresh: "factor.add", mayOwe: true }, async ({ ctx, session }) => {
      await sendAgain(ctx, { binder: binderOf(actorOf(session)), kind });
      return sent(kind);
    }),
  againAtLogin: (room, { browser, kind }) =>
    between(room, browser, async ({ ctx, pass }) => {
      await sendAgainAtLogin(ctx, { pass, kind });
      return sent(kind);
    }),
  ...changes,
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
  reset: (room, { browser, person }) => reset(room, browserOf(room, browser), person),
  choosePassword: (room, { browser, next }) =>
    between(room, browser, async ({ ctx, pass }) => {
      await setNewPassword(ctx, { pass, password: passwordOf(next), remove: [] });
      return said("set");
    }),
  unlock: async ({ ctx, world }, { person }) => {
    await unlockPerson(ctx, { userId: world.people[person]?.userId ?? "", by: "history" });
    return said("unlocked");
  },
  guessPassword,
  guessCode,
  ...api,
  wait: async ({ world }, { length }) => {
    world.now += length;
    return said("waited");
  },
  restart: async () => said("restarted"),
};

const sent = (kind: FactorKind): Said => said(otpDeliveryOf(kind) === null ? "nothing to send" : "sent");

/** What was begun has its name from now on, and whoever began it knows its secret. */
async function begun({ ctx, world }: Room, factorId: string, as: string): Promise<Said> {
  const row = await ctx.db.factor.findUnique({
    where: { id: factorId },
    select: { id: true, userId: true, kind: true, secret: true },
  });
  if (row?.kind === "passkey") world.keys.set(as, softwareKey());
  world.names.set(factorId, as);
  world.secrets.set(as, { factorId, secret: (row && openSecret(row)) ?? "" });
  return said("begun");
}
