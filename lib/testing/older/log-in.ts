import { acceptInvitation } from "@/lib/account/accept-invitation";
import { readAlarm } from "@/lib/account/read-alarm";
import { currentUser } from "@/lib/api/account";
import { loginByEmail } from "@/lib/api/logins";
import { verifyTotp } from "@/lib/api/verify";
import { openBearer } from "@/lib/api/who";
import { findApp } from "@/lib/apps/find-app";
import { encodeMfaToken } from "@/lib/auth/mfa-token";
import { answerChallenge } from "@/lib/challenge/answer-challenge";
import { claimLogin } from "@/lib/challenge/claim-login";
import { prepareAnswer } from "@/lib/challenge/prepare-answer";
import type { Ctx } from "@/lib/context/context";
import { sha256 } from "@/lib/crypto/digest";
import { codeAt } from "@/lib/factors/totp/code";
import { DomainError } from "@/lib/kernel/errors";
import { logInWithPassword } from "@/lib/login/log-in-with-password";
import { confirmReplacement } from "@/lib/pending/confirm-replacement";
import { portalClient } from "@/lib/policy/clients";
import type { FactorKind } from "@/lib/policy/traits";
import { actorOf } from "@/lib/sessions/acting-session";
import { recognise } from "@/lib/sessions/devices/known-device";
import { findLiveSession } from "@/lib/sessions/store";
import { lastCode } from "@/lib/testing/letters";
import type { Held } from "@/lib/testing/older/held";

type Doing = () => Promise<string>;
type Somebody = Pick<Held["people"]["plain"], "email" | "device">;

/** What everybody hears at today's version who lived in an older one, by what they did, one after the other. `pass`: lets so many seconds go by. */
export async function everybodyLogsIn(ctx: Ctx, held: Held, pass: (seconds: number) => void) {
  const heard: Record<string, string> = {};
  pass(5);
  const all = { ...stillIn(ctx, held), ...stillSpent(ctx, held), ...goesOn(ctx, held) };
  for (const [what, doing] of Object.entries(all)) heard[what] = await hear(doing);
  pass(60);
  for (const [what, doing] of Object.entries(anew(ctx, held))) heard[what] = await hear(doing);
  return heard;
}

async function hear(doing: Doing): Promise<string> {
  try {
    return await doing();
  } catch (error) {
    if (error instanceof DomainError) return error.id;
    throw error;
  }
}

/** Sessions and known devices of before. */
function stillIn(ctx: Ctx, { people, app }: Held): Readonly<Record<string, Doing>> {
  const { operator, plain, number, mailbox, shopper } = people;
  const everybody = Object.entries({ operator, plain, app: people.app, number, mailbox, shopper });
  const sessions = everybody.map(([name, { session, email, device }]): [string, Doing] => [
    `${name}: session and device`,
    async () => {
      const live = await findLiveSession(ctx, sha256(session));
      const { deviceId } = await recognise(ctx, { identifier: email }, device);
      return `${live?.email === email ? "in" : "out"}, ${deviceId === null ? "not known" : "known"}`;
    },
  ]);
  return {
    ...Object.fromEntries(sessions),
    "shopper: user token of the app": async () => call(ctx, app, { token: shopper.userToken, operation: currentUser }),
  };
}

/** What was used before is used. */
function stillSpent(ctx: Ctx, held: Held): Readonly<Record<string, Doing>> {
  const { app, number, mailbox, plain } = held.people;
  return {
    "app: the code of its last login": () => logIn(ctx, held, app, "totp", () => app.spentCode),
    "app: a code from paper that was used": () => logIn(ctx, held, app, "recovery", () => app.spentSaved),
    "number: a message that was used": () => logIn(ctx, held, number, "sms", () => number.spentCode),
    "mailbox: a mail that was used": () => logIn(ctx, held, mailbox, "email", () => mailbox.spentCode),
    "plain: the invitation that was used": async () => {
      await acceptInvitation(ctx, { token: plain.link, password: held.password });
      return "in";
    },
  };
}

/** What was under way. */
function goesOn(ctx: Ctx, held: Held): Readonly<Record<string, Doing>> {
  const { between, pending, invited, warned, shopper } = held.people;
  const own = { ...between.pass, clientId: portalClient };
  const ofApp = { ...shopper.pass, clientId: held.app };
  return {
    "between: the code that was sent": () => answer(ctx, own, "sms", between.code),
    "between: the same once more": () => answer(ctx, own, "sms", between.code),
    "shopper: the mfaToken of the app": async () => {
      const given = { totp: codeAt(shopper.secret, ctx.now) };
      return call(ctx, held.app, { token: await encodeMfaToken(ofApp, shopper.userId), operation: verifyTotp, given });
    },
    "pending: the first code of an app": () => confirm(ctx, pending),
    "invited: the invitation": async () => {
      const { pass } = await acceptInvitation(ctx, { token: invited.link, password: "eleven patient otters at dusk" });
      return (await claimLogin(ctx, pass)) === null ? "out" : "in";
    },
    "warned: the link in the alarm": async () => (await readAlarm(ctx, warned.alarm)).state,
  };
}

/** Both doors, with each kind. */
function anew(ctx: Ctx, held: Held): Readonly<Record<string, Doing>> {
  const { operator, plain, app, number, mailbox, warned, pending } = held.people;
  const stranger = { ...warned, device: "" };
  const totp = (who: Somebody & { readonly secret: string }) => () =>
    logIn(ctx, held, who, "totp", () => codeAt(who.secret, ctx.now));
  return {
    "plain: the password": () => logIn(ctx, held, plain, null, () => ""),
    "operator: the app": totp(operator),
    "app: the app": totp(app),
    "app: a code from paper": () => logIn(ctx, held, app, "recovery", () => app.codes[0] ?? ""),
    "number: a message": () => logIn(ctx, held, number, "sms", () => lastCode(ctx, number.userId)),
    "mailbox: a mail": () => logIn(ctx, held, mailbox, "email", () => lastCode(ctx, mailbox.userId)),
    "warned: a stranger's next guess": () => logIn(ctx, { ...held, password: "not it" }, stranger, null, () => ""),
    "warned: the right password, from a stranger": () => logIn(ctx, held, stranger, null, () => ""),
    "warned: the app, while strangers wait": totp(warned),
    "pending: the app": totp(pending),
    "shopper: through the app": () => throughApp(ctx, held),
  };
}

async function logIn(
  ctx: Ctx,
  { password }: Held,
  { email: identifier, device }: Somebody,
  kind: FactorKind | null,
  codeNow: () => string | Promise<string>,
): Promise<string> {
  const deviceToken = device === "" ? null : device;
  const { pass, next } = await logInWithPassword(ctx, { identifier, password, deviceToken, returnTo: "/security" });
  if (kind === null) return next === "claim" && (await claimLogin(ctx, pass)) !== null ? "in" : "out";
  if (kind === "sms" || kind === "email") await prepareAnswer(ctx, { pass, kind, factorId: null, sessionId: null });
  return answer(ctx, pass, kind, await codeNow());
}

type Pass = Parameters<typeof claimLogin>[1];

async function answer(ctx: Ctx, pass: Pass, kind: FactorKind, code: string): Promise<string> {
  await answerChallenge(ctx, { pass, kind, answer: { code }, sessionId: null });
  return (await claimLogin(ctx, pass)) === null ? "out" : "in";
}

async function confirm(ctx: Ctx, { session, secret }: Held["people"]["pending"]): Promise<string> {
  const live = await findLiveSession(ctx, sha256(session));
  if (live === null) return "out";
  const typed = { kind: "totp", answer: { code: codeAt(secret, ctx.now) }, label: "", defaultLabel: "App" } as const;
  await confirmReplacement(ctx, { actor: actorOf(live), ...typed });
  return "bound";
}

type Asked = { readonly token: string | null; readonly operation: typeof verifyTotp; readonly given?: unknown };

async function call(ctx: Ctx, id: string, { token, operation, given = {} }: Asked): Promise<string> {
  const app = await findApp(ctx, id);
  if (app === null) return "403";
  const { code } = await operation.run({ ctx, app, ...(await openBearer(ctx, app, token)) }, given);
  return String(code);
}

async function throughApp(ctx: Ctx, { people: { shopper }, password, app: id }: Held): Promise<string> {
  const app = await findApp(ctx, id);
  if (app === null) return "403";
  const given = { email: shopper.email, password };
  const { data } = await loginByEmail.run({ ctx, app, token: null, looksLikeMfa: false }, given);
  const token = typeof data === "object" && data !== null && "mfaToken" in data ? String(data.mfaToken) : null;
  return call(ctx, id, { token, operation: verifyTotp, given: { totp: codeAt(shopper.secret, ctx.now) } });
}
