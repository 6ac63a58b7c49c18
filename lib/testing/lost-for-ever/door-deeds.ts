import { loginByAccount } from "@/lib/api/logins";
import { answerChallenge } from "@/lib/challenge/answer-challenge";
import { beginAtLogin, confirmAtLogin, readAtLogin } from "@/lib/challenge/enrol-at-login";
import { enterByApi } from "@/lib/challenge/enter-by-api";
import { prepareAnswer } from "@/lib/challenge/prepare-answer";
import { startLogin } from "@/lib/challenge/start-login";
import { startStepUp } from "@/lib/challenge/start-step-up";
import { codeAt } from "@/lib/factors/totp/code";
import { ensure } from "@/lib/kernel/assert";
import type { Deed, Scene } from "@/lib/testing/lost-for-ever/deed";
import { signInWith, withPasskey } from "@/lib/testing/passkeys";
import { answer } from "@/lib/testing/second-door";
import { someApp } from "@/lib/testing/some-app";
import { atSecondDoor, knock } from "@/lib/testing/story";
import { makePerson, openSessionFor, withAddress, withTotp } from "@/lib/testing/test-context";
import { findAccount } from "@/lib/users/store";

/** A login through an app that demands a second factor, of somebody who has none. */
async function mustBind({ house: { ctx } }: Scene) {
  const person = await makePerson(ctx);
  const account = await findAccount(ctx, person.userId);
  ensure(account, "the person has an account");
  const app = { id: someApp.id, demands: true };
  const row = { ...app, name: app.id, origins: [], servers: [], unmasked: false, isDefault: false, createdAt: ctx.now };
  await ctx.db.app.createMany({ data: [row], skipDuplicates: true });
  return (await startLogin(ctx, { account, amr: ["pwd"], deviceId: null, returnTo: "/", app })).pass;
}

/** The same, with an authenticator app begun; and the form that its code is sent in. */
async function binding(scene: Scene) {
  const { ctx, clock } = scene.house;
  const pass = await mustBind(scene);
  await beginAtLogin(ctx, { pass, kind: "totp", given: {} });
  const secret = (await readAtLogin(ctx, { pass, kind: "totp" }))?.pending.shown.secret ?? "";
  const form = () => ({ pass, kind: "totp", answer: { code: codeAt(secret, clock.now()) }, label: "App" }) as const;
  return { form };
}

/** What is done at the two doors of a login, and at those of an app. */
export const doorDeeds = {
  "the right password": async ({ house, stranger }) => {
    const person = await makePerson(house.ctx);
    return () => knock(stranger(), person);
  },
  "the right password on a known device": async ({ house, stranger }) => {
    const person = await makePerson(house.ctx);
    const { deviceToken } = await openSessionFor(house.ctx, person);
    return () => knock(stranger(), person, { deviceToken });
  },
  "a passkey alone": async ({ house, stranger }) => {
    const key = await withPasskey(house.ctx, await makePerson(house.ctx));
    return () => signInWith(stranger(), key);
  },
  "a passkey alone, on a known device": async ({ house, stranger }) => {
    const person = await makePerson(house.ctx);
    const key = await withPasskey(house.ctx, person);
    const { deviceToken } = await openSessionFor(house.ctx, person);
    return () => signInWith(stranger(), key, { deviceToken });
  },
  "the right password, handed on by an app's own server": async ({ house, stranger }) => {
    const { email: account, password } = await makePerson(house.ctx);
    return () => {
      const ctx = stranger();
      const caller = { ctx: { ...ctx, now: ctx.now, visitor: { ...ctx.visitor, isShared: true } } };
      const call = { ...caller, app: someApp, token: null, looksLikeMfa: false };
      return loginByAccount.run(call, { account, password });
    };
  },
  "the right code": async ({ house, stranger }) => {
    const person = await makePerson(house.ctx);
    const app = await withTotp(house.ctx, person);
    const pass = await atSecondDoor(house.ctx, person.userId);
    return () => answer(stranger(), pass, "totp", app.codeAt(house.clock.now()));
  },
  "the right code at a step-up": async ({ house, owner }) => {
    const person = await makePerson(house.ctx);
    const app = await withTotp(house.ctx, person);
    const { session } = await openSessionFor(house.ctx, person);
    const pass = await startStepUp(house.ctx, { session, action: "factor.remove", returnTo: "/security" });
    return () => {
      const code = app.codeAt(house.clock.now());
      return answerChallenge(owner(), { pass, kind: "totp", answer: { code }, sessionId: session.id });
    };
  },
  "sending a code": async ({ house, stranger }) => {
    const person = await makePerson(house.ctx);
    await withAddress(house.ctx, person, "sms", "+12025550123");
    const pass = await atSecondDoor(house.ctx, person.userId);
    return () => prepareAnswer(stranger(), { pass, kind: "sms", factorId: null, sessionId: null });
  },
  "an address that is bound between the doors": async (scene) => {
    const pass = await mustBind(scene);
    const given = { destination: "+12025550177" };
    return () => beginAtLogin(scene.stranger(), { pass, kind: "sms", given });
  },
  "the code that binds between the doors": async (scene) => {
    const { form } = await binding(scene);
    return () => confirmAtLogin(scene.stranger(), { ...form(), defaultLabel: "App" });
  },
  "the code that claims what it has bound": async (scene) => {
    const { form } = await binding(scene);
    await confirmAtLogin(scene.house.ctx, { ...form(), defaultLabel: "App" });
    return () => enterByApi(scene.stranger(), form());
  },
} as const satisfies Readonly<Record<string, Deed>>;
