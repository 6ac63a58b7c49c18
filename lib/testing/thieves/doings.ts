import { changePassword } from "@/lib/account/change-password";
import { beginProof } from "@/lib/account/contacts/begin-proof";
import { readContacts } from "@/lib/account/contacts/read-contacts";
import { lockAccount } from "@/lib/account/lock-account";
import { readPendingPrepared } from "@/lib/challenge/enrol-at-login";
import { config } from "@/lib/config/config";
import { sha256 } from "@/lib/crypto/digest";
import { beginEnrolment } from "@/lib/factors/begin-enrolment";
import { binderOf } from "@/lib/factors/binder-of";
import { findPendingView } from "@/lib/factors/list-factors";
import { regenerateCodes } from "@/lib/factors/regenerate-codes";
import { codeAt } from "@/lib/factors/totp/code";
import type { AskedFor } from "@/lib/pending/ask-for-change";
import { askForPassword } from "@/lib/pending/ask-for-password";
import { askToRemoveContact, askToUseProof } from "@/lib/pending/ask-to-change-contact";
import { askToRemoveFactor } from "@/lib/pending/ask-to-remove";
import { confirmReplacement } from "@/lib/pending/confirm-replacement";
import type { ProofPurpose } from "@/lib/policy/contact-proofs";
import { type Actor, actorOf } from "@/lib/sessions/acting-session";
import { findLiveSession } from "@/lib/sessions/store";
import { lastCode } from "@/lib/testing/letters";
import { optionsIn } from "@/lib/testing/passkeys";
import { softwareKey } from "@/lib/testing/software-key";
import { type Scene, thiefsLabel } from "@/lib/testing/thieves/scene";

/** One deed in a session, and what it comes to. */
export type Doing = (scene: Scene, actor: Actor) => Promise<AskedFor | "at once" | "asked for the password">;

const chosen = "eleven loud geese by the mill";

/** The acting session goes on under another token where the security stamp rose. */
export function keep(scene: Scene, token: string | null | undefined): void {
  scene.token = token ?? scene.token;
}

export async function anyActor({ house, token }: Scene): Promise<Actor | null> {
  const session = token === null ? null : await findLiveSession(house.ctx, sha256(token));
  return session && actorOf(session);
}

/** The owner's, one after the other: the last of them is what counts. */
export async function removeAll(scene: Scene, first: Actor): Promise<AskedFor> {
  const { house, owner } = scene;
  const held = await house.db.factor.findMany({
    where: { userId: owner.person.userId, state: "ACTIVE", label: { not: thiefsLabel } },
    orderBy: { kind: "asc" },
  });
  let asked: AskedFor = { done: true, kept: null };
  for (const { id: factorId } of held) {
    const actor = (await anyActor(scene)) ?? first;
    asked = await askToRemoveFactor(house.stranger(), { actor, factorId });
    if (asked.done) keep(scene, asked.kept?.sessionToken);
  }
  return asked;
}

export async function prove({ house }: Scene, actor: Actor, purpose: ProofPurpose, typed: string): Promise<AskedFor> {
  await beginProof(house.stranger(), { actor, purpose, typed });
  return askToUseProof(house.stranger(), { actor, purpose, code: await lastCode(house.ctx, actor.userId) });
}

export async function removeFurther({ house }: Scene, actor: Actor): Promise<AskedFor> {
  const [contact] = (await readContacts(house.ctx, actor))?.further ?? [];
  return askToRemoveContact(house.stranger(), { actor, id: contact?.id ?? "" });
}

export async function bind(scene: Scene, actor: Actor, replacesId: string | null = null): Promise<AskedFor> {
  const { house } = scene;
  const binder = binderOf(actor);
  await beginEnrolment(house.stranger(), { binder, kind: "totp", replacesId, given: {} });
  const secret = (await findPendingView(house.ctx, binder, "totp"))?.shown.secret ?? "";
  const answer = { code: codeAt(secret, house.clock.now()) };
  const names = { label: thiefsLabel, defaultLabel: "App" };
  const bound = await confirmReplacement(house.stranger(), { actor, kind: "totp", answer, ...names });
  keep(scene, bound.sessionToken);
  const { staysFor } = bound;
  return staysFor === null ? { done: true, kept: null } : { done: false, hours: staysFor, dueAt: null };
}

/** With an authenticator that verifies its person, and goes on answering for them. */
export async function bindPasskey(scene: Scene, actor: Actor): Promise<AskedFor> {
  const { house } = scene;
  const binder = binderOf(actor);
  await beginEnrolment(house.stranger(), { binder, kind: "passkey", replacesId: null, given: {} });
  const key = softwareKey();
  const options = optionsIn(await readPendingPrepared(house.ctx, binder, "passkey"));
  const answer = { credential: key.create(options, config().appUrl) };
  const names = { label: thiefsLabel, defaultLabel: "Passkey" };
  const bound = await confirmReplacement(house.stranger(), { actor, kind: "passkey", answer, ...names });
  keep(scene, bound.sessionToken);
  scene.key = key;
  return { done: true, kept: null };
}

/** Once the number, which is not the last, was removed. */
export async function bindInPlace(scene: Scene, first: Actor): Promise<AskedFor> {
  const { house, owner } = scene;
  const number = await house.db.factor.findFirstOrThrow({ where: { userId: owner.person.userId, kind: "sms" } });
  const removed = await askToRemoveFactor(house.stranger(), { actor: first, factorId: number.id });
  if (removed.done) keep(scene, removed.kept?.sessionToken);
  return bind(scene, (await anyActor(scene)) ?? first, owner.app.factorId);
}

export async function setForgotten({ house, token }: Scene, actor: Actor): Promise<AskedFor> {
  const { kinds: held = [] } = (await findLiveSession(house.ctx, sha256(token ?? ""))) ?? {};
  return askForPassword(house.stranger(), { actor, held, next: chosen });
}

export async function makeCodes({ house }: Scene, actor: Actor): Promise<"at once"> {
  await regenerateCodes(house.stranger(), { actor });
  return "at once";
}

export async function changeIt(scene: Scene, actor: Actor): Promise<"at once" | "asked for the password"> {
  if (scene.password === null) return "asked for the password";
  const changed = await changePassword(scene.house.stranger(), { actor, current: scene.password, next: chosen });
  keep(scene, changed.sessionToken);
  scene.password = chosen;
  return "at once";
}

export async function lock({ house }: Scene, actor: Actor): Promise<"at once"> {
  await lockAccount(house.stranger(), actor);
  return "at once";
}
