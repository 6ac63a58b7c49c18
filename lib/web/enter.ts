import { findCurrentSession } from "@/lib/auth/current-session";
import { finishLogin } from "@/lib/auth/finish-login";
import { sealSessionCookie } from "@/lib/auth/session-cookie";
import type { Answered } from "@/lib/challenge/answer-challenge";
import type { Pass } from "@/lib/challenge/challenge";
import type { Started } from "@/lib/challenge/start-login";
import type { Ctx } from "@/lib/context/context";
import { ensure } from "@/lib/kernel/assert";
import type { OpenedReset } from "@/lib/resets/open-reset";
import { dropCookie, putCookie, readCookie } from "@/lib/web/cookie-jar";
import { keepPass } from "@/lib/web/keep-pass";
import { leadToEnrolment } from "@/lib/web/lead-to-enrolment";
import { leave } from "@/lib/web/leave";
import { newPasswordPath, pathOfWay, withReturnTo } from "@/lib/web/return-to";
import { putReveal } from "@/lib/web/reveal";
import { sendFirstCode } from "@/lib/web/send-first-code";

/** After the first door: to the second one with an mfaToken, or, when there is nothing to ask, straight into the session. Never returns. */
export async function enterFirstDoor(ctx: Ctx, started: Started, returnTo: string): Promise<never> {
  const { pass, userId, next, first, maySend } = started;
  if (next === "claim") return enterSession(ctx, pass, returnTo);
  await keepPass(pass, userId);
  if (next === "enrol") return leave(withReturnTo(await leadToEnrolment(ctx, pass), returnTo));
  const way = maySend ? await sendFirstCode(ctx, { pass, kind: first, sessionId: null }) : first;
  return leave(withReturnTo(pathOfWay(way), returnTo));
}

type Entering = {
  readonly pass: Pass;
  readonly answered: Answered;
  readonly sessionId: string | null;
  /** Where the tab goes whose form it was, as the form said it; null: where the challenge was begun for, in whichever tab. */
  readonly wanted: string | null;
  /** What the codes are that may have to be shown: one that replaces the used one, or the first set. */
  readonly shows: "replacement" | "set";
  /** They asked that no second step be asked in this browser. */
  readonly trusts?: boolean;
};

/** After the second door: the session is opened (login) or its proof renewed (step-up); codes to show once are shown first. Never returns. */
export async function enterSecondDoor(ctx: Ctx, entering: Entering): Promise<never> {
  const { pass, answered, sessionId, shows, wanted, trusts = false } = entering;
  const { userId, reveal } = answered;
  const returnTo = wanted ?? answered.returnTo;
  if (answered.purpose === "HALF") {
    const way = await sendFirstCode(ctx, { pass, kind: null, sessionId });
    return leave(withReturnTo(pathOfWay(way), returnTo));
  }
  if (reveal !== null) await putReveal(ctx, userId, { ...reveal, kind: shows, returnTo });
  if (answered.purpose === "RESET") {
    await keepPass(pass, userId, { enrolling: true }); // there is time to think of a password now
    return leave(newPasswordPath);
  }
  const next = reveal === null ? returnTo : "/security/recovery-codes/once";
  if (answered.purpose === "LOGIN") return enterSession(ctx, pass, next, trusts && answered.mayTrust);
  await keepSession(userId, answered.sessionToken);
  await dropCookie("second-door");
  return leave(next);
}

/** After the button of a letter: to the second door of the reset, or, when there is nothing to ask, to the new password. Never returns. */
export async function enterReset(ctx: Ctx, { pass, userId, next }: OpenedReset): Promise<never> {
  await keepPass(pass, userId, { enrolling: next === "choose" });
  if (next === "choose") return leave(newPasswordPath);
  return leave(pathOfWay(await sendFirstCode(ctx, { pass, kind: null, sessionId: null })));
}

/** The same session under another token: after a step-up, and after a change that ended all its copies. */
export async function keepSession(userId: string, sessionToken: string | null): Promise<void> {
  ensure(sessionToken, "a session of the portal's pages has another token now");
  await putCookie("session", sealSessionCookie(sessionToken, userId));
}

async function enterSession(ctx: Ctx, pass: Pass, next: string, trusts = false): Promise<never> {
  const previous = await findCurrentSession(ctx, await readCookie("session"));
  const kept = { session: previous, deviceToken: (await readCookie("known-device")) ?? null, trusts };
  const opened = await finishLogin(ctx, pass, kept);
  if (!opened) return leave(withReturnTo("/challenge/expired", next));
  await dropCookie("second-door");
  if ((await readCookie("said")) !== undefined) await dropCookie("said"); // it may tell of somebody else, who was here before
  if (opened.deviceToken !== null) await putCookie("known-device", opened.deviceToken);
  return leave(next);
}
