// Compiled in a laid-out tree of the version before the renovation, against its own modules (`before-renovation.mjs`). Nothing of today's house is called here.
import { answerChallenge } from "@/lib/challenge/answer-challenge";
import { claimLogin } from "@/lib/challenge/claim-login";
import { beginAtLogin, confirmAtLogin } from "@/lib/challenge/enrol-at-login";
import { prepareAnswer } from "@/lib/challenge/prepare-answer";
import { config } from "@/lib/config/config";
import { sha256 } from "@/lib/crypto/digest";
import { openSecret } from "@/lib/crypto/factor-secret";
import { openDatabase } from "@/lib/db/client";
import { beginEnrolment } from "@/lib/factors/begin-enrolment";
import { confirmEnrolment } from "@/lib/factors/confirm-enrolment";
import { codeAt } from "@/lib/factors/totp/code";
import { logInWithPassword } from "@/lib/login/log-in-with-password";
import { registerApp } from "@/lib/operator/register-app";
import { findLiveSession } from "@/lib/sessions/store";
import { acceptInvitation } from "@/lib/setup/accept-invitation";
import { completeSetup } from "@/lib/setup/complete-setup";
import { invitePerson } from "@/lib/setup/invite-person";
import { issueSetupLink } from "@/lib/setup/issue-setup-link";
import { lastCode, lettersOf, postingSettings } from "@/lib/testing/letters";
import { monday, testContext } from "@/lib/testing/test-context";
import { setSettings } from "@/lib/testing/test-settings";
import { loginByEmail } from "@/lib/wire/logins";
import { verifyTotp } from "@/lib/wire/verify";
import { openBearer } from "@/lib/wire/who";

const password = "seven quiet herons at dawn";
const shop = { id: "shop", name: "The shop", origins: [], servers: [], redirect: null };
const switches = { unmasked: false, demands: false, isDefault: true };

/**
 * Fills an empty database of that version by its own use-cases, as people do: the set-up link, invitations, both doors, bindings, an app. Out: the
 * moment at which it stops, and what people and programs hold then.
 */
export async function fill(url) {
  setSettings(postingSettings);
  config();
  const db = openDatabase(url, 4);
  const hour = { now: monday.getTime() };
  const world = { hour, ctx: testContext({ db, clock: { now: () => new Date(hour.now) } }) };
  try {
    const people = await everybody(world);
    return { now: hour.now, password, app: shop.id, people };
  } finally {
    await db.$disconnect();
  }
}

/** What is soonest over comes last. */
async function everybody(world) {
  const operator = await firstAdministrator(world);
  const plain = await newcomer(world, "plain");
  const app = await withApp(world, await newcomer(world, "app"));
  const number = await withAddress(world, await newcomer(world, "number"), "sms", "+12025550123");
  const mailbox = await withAddress(world, await newcomer(world, "mailbox"), "email", "away@mail.example.test");
  const warned = await wronged(world, await withApp(world, await newcomer(world, "warned")));
  const invited = { email: "invited@example.test", link: await inviteAs(world, "invited") };
  const pending = await withPending(world, await newcomer(world, "pending"));
  const shopper = await throughApp(world, await withApp(world, await newcomer(world, "shopper")));
  const ready = await withAddress(world, await newcomer(world, "between"), "sms", "+12025550124");
  const between = await betweenDoors(world, ready);
  const spentCode = codeAt(app.secret, world.ctx.now);
  await logIn(world, app, "totp", () => spentCode);
  return { operator, plain, app: { ...app, spentCode }, number, mailbox, warned, invited, pending, shopper, between };
}

/** A minute and a half passes: the next code of an app is another one, and the next letter may leave. */
const later = ({ hour }) => {
  hour.now += 90_000;
};

const tokenOf = (link) => link.split(/[/=]/).at(-1);

async function firstAdministrator(world) {
  const { ctx } = world;
  const token = tokenOf(await issueSetupLink(ctx));
  const email = "operator@example.test";
  const begun = await completeSetup(ctx, { token, email, username: "operator", password });
  const { factorId, pass: prolonged } = await beginAtLogin(ctx, { pass: begun.pass, kind: "totp", given: {} });
  const pass = prolonged ?? begun.pass;
  const secret = await secretOf(ctx, factorId);
  const code = codeAt(secret, ctx.now);
  const naming = { label: "", defaultLabel: "App" };
  const { reveal } = await confirmAtLogin(ctx, { pass, kind: "totp", answer: { code }, ...naming });
  const opened = await claimLogin(ctx, pass);
  return {
    email,
    userId: opened.userId,
    session: opened.sessionToken,
    device: opened.deviceToken,
    secret,
    codes: reveal,
  };
}

async function secretOf(ctx, id) {
  return openSecret(await ctx.db.factor.findUniqueOrThrow({ where: { id } }));
}

async function inviteAs(world, name) {
  later(world);
  const email = `${name}@example.test`;
  const { link } = await invitePerson(world.ctx, { email, username: null, isAdmin: false, by: "cli" });
  return tokenOf(link);
}

/** Somebody who took up their invitation, and is in. */
async function newcomer(world, name) {
  const token = await inviteAs(world, name);
  const { pass } = await acceptInvitation(world.ctx, { token, password });
  const { userId, sessionToken, deviceToken } = await claimLogin(world.ctx, pass);
  return { email: `${name}@example.test`, userId, link: token, session: sessionToken, device: deviceToken };
}

async function sessionOf({ ctx }, person) {
  const { id: sessionId, ...session } = await findLiveSession(ctx, sha256(person.session));
  return { ...session, sessionId };
}

async function begin(world, person, kind, given) {
  const actor = await sessionOf(world, person);
  const { userId, email, sessionId } = actor;
  const binder = { userId, email, begunIn: sessionId, sessionId };
  const { factorId } = await beginEnrolment(world.ctx, { binder, kind, replacesId: null, given });
  return { actor, factorId };
}

async function confirm(world, person, { actor, kind, code }) {
  const naming = { label: "", defaultLabel: "Factor" };
  const bound = await confirmEnrolment(world.ctx, { actor, kind, answer: { code }, ...naming });
  return { ...person, session: bound.sessionToken, codes: bound.codes ?? [] };
}

/** An app, with a code of it and one from paper used at two more logins. */
async function withApp(world, newcomer) {
  const { ctx } = world;
  const { actor, factorId } = await begin(world, newcomer, "totp", {});
  const secret = await secretOf(ctx, factorId);
  const bound = await confirm(world, newcomer, { actor, kind: "totp", code: codeAt(secret, ctx.now) });
  later(world);
  await logIn(world, bound, "totp", () => codeAt(secret, ctx.now));
  const [spentSaved, ...left] = bound.codes;
  const { session, shown } = await logIn(world, bound, "recovery", () => spentSaved);
  return { ...bound, session, secret, spentSaved, codes: [...left, ...shown] };
}

async function withAddress(world, newcomer, kind, to) {
  const { ctx } = world;
  const { actor } = await begin(world, newcomer, kind, { destination: to });
  const bound = await confirm(world, newcomer, { actor, kind, code: await lastCode(ctx, newcomer.userId) });
  later(world);
  const { session } = await logIn(world, bound, kind, () => lastCode(ctx, newcomer.userId));
  return { ...bound, session, to, spentCode: await lastCode(ctx, newcomer.userId) };
}

/** Both doors, in the browser that is known since the invitation. */
async function logIn(world, person, kind, codeNow) {
  const { ctx } = world;
  const { pass } = await knock(world, person);
  if (kind === "sms" || kind === "email") await send(ctx, pass, kind);
  const { reveal } = await answerChallenge(ctx, { pass, kind, answer: { code: await codeNow() }, sessionId: null });
  const { sessionToken } = await claimLogin(ctx, pass, { session: null, deviceToken: person.device });
  return { session: sessionToken, shown: reveal };
}

const knock = ({ ctx }, { email, device }, typed = password) =>
  logInWithPassword(ctx, { identifier: email, password: typed, deviceToken: device, returnTo: "/security" });

const send = (ctx, pass, kind) => prepareAnswer(ctx, { pass, kind, factorId: null, sessionId: null });

/** In through an app, whose user token is kept, and once more between its doors. */
async function throughApp(world, person) {
  const { ctx } = world;
  if ((await ctx.db.app.count()) === 0) await registerApp(ctx, { app: { ...shop, ...switches }, by: "cli" });
  const app = { ...shop, ...switches };
  const none = { ctx, app, token: null, looksLikeMfa: false };
  const begun = async () => (await loginByEmail.run(none, { email: person.email, password })).data.mfaToken;
  later(world);
  const bearer = await openBearer(ctx, app, await begun());
  const { data } = await verifyTotp.run({ ctx, app, ...bearer }, { totp: codeAt(person.secret, ctx.now) });
  const open = await openBearer(ctx, app, await begun());
  return { ...person, userToken: data.token, pass: open.token.pass };
}

/** Somebody else knows the password, and guesses at the second door until its owner is told; and at the password until it waits. */
async function wronged(world, person) {
  const { ctx } = world;
  const stranger = { ...ctx, now: ctx.now, visitor: { ip: "198.51.100.7", agent: "Stranger" } };
  const { pass } = await knock({ ctx: stranger }, { ...person, device: null });
  for (let time = 0; time < 3; time += 1)
    await answerChallenge(stranger, {
      pass,
      kind: "totp",
      answer: { code: wrongCode(person, ctx.now) },
      sessionId: null,
    }).catch(refusal);
  for (let time = 0; time < 5; time += 1)
    await knock({ ctx: stranger }, { ...person, device: null }, "not it at all").catch(refusal);
  const letters = await lettersOf(ctx, person.userId);
  const alarm = letters
    .flatMap(({ kind, facts }) => (kind === "second_step.wrong" ? [tokenOf(String(facts.link))] : []))
    .at(-1);
  return { ...person, alarm };
}

function refusal(error) {
  if (typeof error.id !== "string") throw error;
}

/** No code of the app within ten minutes of this moment. */
function wrongCode({ secret }, now) {
  const near = Array.from({ length: 41 }, (_, at) => codeAt(secret, new Date(now.getTime() + (at - 20) * 30_000)));
  return ["000000", "111111", "222222", "333333"].find((code) => !near.includes(code));
}

/** A login between its doors, its code sent and not typed yet. */
async function betweenDoors(world, person) {
  later(world);
  const { pass } = await knock(world, person);
  await send(world.ctx, pass, "sms");
  return { ...person, pass, code: await lastCode(world.ctx, person.userId) };
}

/** An app that is begun and waits for its first code. */
async function withPending(world, person) {
  const { factorId } = await begin(world, person, "totp", {});
  return { ...person, factorId, secret: await secretOf(world.ctx, factorId) };
}
