import { changePassword } from "@/lib/account/change-password";
import { claimLogin } from "@/lib/challenge/claim-login";
import { startLogin } from "@/lib/challenge/start-login";
import type { Ctx } from "@/lib/context/context";
import { sha256 } from "@/lib/crypto/digest";
import type { Db } from "@/lib/db/client";
import { beginEnrolment } from "@/lib/factors/begin-enrolment";
import { binderOf } from "@/lib/factors/binder-of";
import { confirmEnrolment } from "@/lib/factors/confirm-enrolment";
import { findPendingView } from "@/lib/factors/list-factors";
import { codeAt, stepAt } from "@/lib/factors/totp/code";
import { ensure } from "@/lib/kernel/assert";
import { fixedClock } from "@/lib/kernel/clock";
import { minutes } from "@/lib/kernel/duration";
import { logOut } from "@/lib/login/log-out";
import { actorOf } from "@/lib/sessions/acting-session";
import { findLiveSession } from "@/lib/sessions/store";
import { answer } from "@/lib/testing/second-door";
import { makePerson, monday, openSessionFor, type TestPerson, testContext } from "@/lib/testing/test-context";
import { findAccount } from "@/lib/users/store";

/** Something that a person was told: from now on it must be true, whatever is killed. */
export type Promised =
  | { readonly what: "bound"; readonly factorId: string }
  | { readonly what: "code used"; readonly factorId: string; readonly step: number }
  | { readonly what: "recovery code used"; readonly userId: string; readonly times: number }
  | { readonly what: "signed in"; readonly challengeId: string }
  | { readonly what: "password changed"; readonly userId: string; readonly version: number }
  | { readonly what: "signed out"; readonly sessionId: string };

/** One person's life, from the account to the last logout; `tell` hears each promise the moment it was given. */
export async function live(db: Db, tell: (promised: Promised) => void): Promise<void> {
  const clock = fixedClock(monday);
  const ctx = testContext({ db, clock });
  const person = await makePerson(ctx);
  const { actor } = await openSessionFor(ctx, person);
  await beginEnrolment(ctx, { binder: binderOf(actor), kind: "totp", replacesId: null, given: {} });
  const secret = (await findPendingView(ctx, binderOf(actor), "totp"))?.shown.secret ?? "";
  const bound = await confirmEnrolment(ctx, {
    actor,
    kind: "totp",
    answer: { code: codeAt(secret, ctx.now) },
    label: "",
    defaultLabel: "App",
  });
  tell({ what: "bound", factorId: bound.factorId });
  for (const [times, code] of (bound.codes?.codes ?? []).slice(0, 3).entries()) {
    clock.move(minutes(2));
    await enter(ctx, person, "recovery", code, tell);
    tell({ what: "recovery code used", userId: person.userId, times: times + 1 });
    const step = stepAt(ctx.now);
    const session = await enter(ctx, person, "totp", codeAt(secret, ctx.now), tell);
    tell({ what: "code used", factorId: bound.factorId, step });
    await leaveBehind(ctx, person, session, `nineteen calm rivers ${times}`, tell);
  }
}

async function enter(
  ctx: Ctx,
  { userId }: TestPerson,
  kind: "totp" | "recovery",
  code: string,
  tell: (promised: Promised) => void,
) {
  const account = await findAccount(ctx, userId);
  ensure(account, "the person has an account");
  const { pass } = await startLogin(ctx, { account, amr: ["pwd"], deviceId: null, returnTo: "/security" });
  await answer(ctx, pass, kind, code);
  const opened = await claimLogin(ctx, pass);
  ensure(opened, "the login can be claimed");
  tell({ what: "signed in", challengeId: pass.challengeId });
  const session = await findLiveSession(ctx, sha256(opened.sessionToken));
  ensure(session, "the session is live");
  return session;
}

const passwords = new Map<string, string>();

async function leaveBehind(
  ctx: Ctx,
  person: TestPerson,
  session: Awaited<ReturnType<typeof enter>>,
  next: string,
  tell: (promised: Promised) => void,
): Promise<void> {
  const actor = actorOf(session);
  const { userId, credentialVersion, sessionId } = actor;
  await changePassword(ctx, { actor, current: passwords.get(userId) ?? person.password, next });
  passwords.set(userId, next);
  tell({ what: "password changed", userId, version: credentialVersion + 1 });
  await logOut(ctx, actor);
  tell({ what: "signed out", sessionId });
}
