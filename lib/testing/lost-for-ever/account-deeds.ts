import { changePassword } from "@/lib/account/change-password";
import { beginProof } from "@/lib/account/contacts/begin-proof";
import { confirmProof } from "@/lib/account/contacts/confirm-proof";
import { insider, someMailbox } from "@/lib/account/contacts/contacts.kit";
import { changeUsername } from "@/lib/account/profile/change-username";
import { updateProfile } from "@/lib/account/profile/update-profile";
import { config } from "@/lib/config/config";
import { sha256 } from "@/lib/crypto/digest";
import { beginEnrolment } from "@/lib/factors/begin-enrolment";
import { binderOf } from "@/lib/factors/binder-of";
import { confirmEnrolment } from "@/lib/factors/confirm-enrolment";
import { findPendingView } from "@/lib/factors/list-factors";
import { regenerateCodes } from "@/lib/factors/regenerate-codes";
import { sendAgain } from "@/lib/factors/send-again";
import { codeAt } from "@/lib/factors/totp/code";
import { ensure } from "@/lib/kernel/assert";
import { minutes } from "@/lib/kernel/duration";
import { askToUseProof } from "@/lib/pending/ask-to-change-contact";
import { keepUnasked, optionsUnasked } from "@/lib/pending/keep-unasked";
import { askToRemove, someone } from "@/lib/pending/pending.kit";
import { findLiveSession } from "@/lib/sessions/store";
import { lastCode } from "@/lib/testing/letters";
import { type Deed, guest } from "@/lib/testing/lost-for-ever/deed";
import { settledActor } from "@/lib/testing/settled";
import { softwareKey } from "@/lib/testing/software-key";
import type { House } from "@/lib/testing/story";
import { makePerson, openSessionFor, withTotp } from "@/lib/testing/test-context";

const next = "nine amber kettles in the rain";

/** Somebody with an app, who has just logged in with it in a browser that was known for a week. */
async function settled({ ctx, db }: House) {
  const person = await makePerson(ctx);
  await withTotp(ctx, person);
  const { sessionId: id } = await settledActor(ctx, person);
  const tokenHash = sha256(`token of ${id}`);
  await db.session.update({ where: { id }, data: { tokenHash, authTime: ctx.now } });
  const session = await findLiveSession(ctx, tokenHash);
  ensure(session, "the session is live");
  return session;
}

/** What somebody does who is in. */
export const accountDeeds = {
  "another code for an address that is bound": async (scene) => {
    const { ctx, clock } = scene.house;
    const binder = binderOf((await guest(scene)).actor);
    await beginEnrolment(ctx, { binder, kind: "sms", replacesId: null, given: { destination: "+12025550166" } });
    clock.move(minutes(1));
    return () => sendAgain(scene.stranger(), { binder, kind: "sms" });
  },
  "beginning an enrolment": async (scene) => {
    const { actor } = await guest(scene);
    const given = { destination: "+12025550199" };
    return () => beginEnrolment(scene.stranger(), { binder: binderOf(actor), kind: "sms", replacesId: null, given });
  },
  "the code that confirms it": async (scene) => {
    const { ctx, clock } = scene.house;
    const { actor } = await guest(scene);
    await beginEnrolment(ctx, { binder: binderOf(actor), kind: "totp", replacesId: null, given: {} });
    const secret = (await findPendingView(ctx, binderOf(actor), "totp"))?.shown.secret ?? "";
    const form = { actor, kind: "totp", label: "", defaultLabel: "App" } as const;
    return () => confirmEnrolment(scene.owner(), { ...form, answer: { code: codeAt(secret, clock.now()) } });
  },
  "a passkey that is made unasked": async ({ house, owner }) => {
    const session = await settled(house);
    const options = (await optionsUnasked(house.ctx, session)) ?? "";
    const manners = { present: false, verified: false };
    const answer = { credential: softwareKey().create(options, config().appUrl, manners) };
    return () => keepUnasked(owner(), { session, answer, defaultLabel: "Passkey" });
  },
  "a new password": async (scene) => {
    const { person, actor } = await guest(scene);
    return () => changePassword(scene.owner(), { actor, current: person.password, next });
  },
  "a new password, behind a fresh code": async ({ house, owner }) => {
    const person = await makePerson(house.ctx);
    await withTotp(house.ctx, person);
    const { actor } = await openSessionFor(house.ctx, person);
    return () => changePassword(owner(), { actor, current: person.password, next });
  },
  "new recovery codes": async ({ house, owner }) => {
    const { actor } = await someone(house);
    return () => regenerateCodes(owner(), { actor });
  },
  "another user name": async (scene) => {
    const { actor } = await guest(scene);
    return () => changeUsername(scene.owner(), { actor, typed: "ada.lovelace" });
  },
  "another name": async (scene) => {
    const { actor } = await guest(scene);
    return () => updateProfile(scene.owner(), { actor, typed: { name: "Ada" } });
  },
  "a change that waits": async ({ house, owner }) => {
    const asking = await someone(house);
    return () => askToRemove({ ...house, ctx: owner() }, asking);
  },
  "another login email, which waits": async ({ house: { ctx }, owner }) => {
    const { actor } = await insider(ctx);
    await beginProof(ctx, { actor, purpose: "login", typed: someMailbox(ctx) });
    const code = await lastCode(ctx, actor.userId);
    return () => askToUseProof(owner(), { actor, purpose: "login", code });
  },
  "a further address": async (scene) => {
    const { actor } = await insider(scene.house.ctx);
    const typed = someMailbox(scene.house.ctx);
    return () => beginProof(scene.owner(), { actor, purpose: "further", typed });
  },
  "the code that proves it": async ({ house: { ctx }, owner }) => {
    const { actor } = await insider(ctx);
    await beginProof(ctx, { actor, purpose: "further", typed: someMailbox(ctx) });
    const code = await lastCode(ctx, actor.userId);
    return () => confirmProof(owner(), { actor, purpose: "further", code });
  },
} as const satisfies Readonly<Record<string, Deed>>;
