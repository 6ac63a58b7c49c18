import { changePassword } from "@/lib/account/change-password";
import { beginProof } from "@/lib/account/contacts/begin-proof";
import { readContacts } from "@/lib/account/contacts/read-contacts";
import { lockAccount } from "@/lib/account/lock-account";
import { sha256 } from "@/lib/crypto/digest";
import { beginEnrolment } from "@/lib/factors/begin-enrolment";
import { binderOf } from "@/lib/factors/binder-of";
import { findPendingView } from "@/lib/factors/list-factors";
import { regenerateCodes } from "@/lib/factors/regenerate-codes";
import { codeAt } from "@/lib/factors/totp/code";
import { DomainError } from "@/lib/kernel/errors";
import { type AskedFor, askForChange } from "@/lib/pending/ask-for-change";
import { askForPassword } from "@/lib/pending/ask-for-password";
import { askToRemoveContact, askToUseProof } from "@/lib/pending/ask-to-change-contact";
import { askToRemoveFactor } from "@/lib/pending/ask-to-remove";
import { confirmReplacement } from "@/lib/pending/confirm-replacement";
import type { PendingName } from "@/lib/pending/registry";
import type { ProofPurpose } from "@/lib/policy/contact-proofs";
import type { FreshAction } from "@/lib/policy/freshness";
import { type Actor, actorOf } from "@/lib/sessions/acting-session";
import { findLiveSession } from "@/lib/sessions/store";
import { lastCode } from "@/lib/testing/letters";
import { provenActor } from "@/lib/testing/thieves/answers";
import { someNumber } from "@/lib/testing/thieves/owner";
import type { Scene } from "@/lib/testing/thieves/scene";

/** What came of a deed: it is done, it waits for so many hours, or the thief was asked for what they do not have, or refused. */
export type Came =
  | "at once"
  | "asked for a proof"
  | "asked for the password"
  | `refused: ${string}`
  | `after ${number} h`;

type Doing = (scene: Scene, actor: Actor) => Promise<AskedFor | "at once" | "asked for the password">;

/** `needs`: the fresh proof that its page asks for; null: none. */
type Deed = { readonly words: string; readonly needs: FreshAction | null; readonly do: Doing };

const chosen = "eleven loud geese by the mill";

/** What a thief calls their own factor. */
export const thiefsLabel = "Thief's";

/** Each change that waits, by its kind; one that is forgotten does not compile. */
const waiting: Readonly<Record<PendingName, Deed>> = {
  "factor.remove": { words: "removes every factor", needs: "factor.remove", do: removeAll },
  "email.change": {
    words: "moves the login e-mail",
    needs: "contact.change",
    do: (scene, actor) => prove(scene, actor, "login", `thief-${scene.owner.person.email}`),
  },
  "contact.change": {
    words: "changes the number to log in with",
    needs: "contact.change",
    do: (scene, actor) => prove(scene, actor, "phone", someNumber()),
  },
  "contact.remove": { words: "removes the further address", needs: "contact.change", do: removeFurther },
  "data.download": {
    words: "downloads the data",
    needs: "data.download",
    do: ({ house }, actor) => askForChange(house.stranger(), actor, "data.download", {}),
  },
  "account.delete": {
    words: "deletes the account",
    needs: "account.delete",
    do: ({ house }, actor) => askForChange(house.stranger(), actor, "account.delete", {}),
  },
  "password.set": {
    words: "sets a password without the current one",
    needs: "password.change",
    do: setForgotten,
  },
};

/** What only comes on top, or exchanges what the thief has proven to know. */
const others: Readonly<Record<string, Deed>> = {
  "own factor": {
    words: "binds a factor of their own",
    needs: "factor.add",
    do: (scene, actor) => bind(scene, actor),
  },
  "own in its place": {
    words: "puts it in the place of the owner's only one",
    needs: "factor.add",
    do: bindInPlace,
  },
  "new codes": { words: "makes new recovery codes", needs: "recovery.regenerate", do: makeCodes },
  "own address": {
    words: "adds an address that is told",
    needs: "contact.change",
    do: (scene, actor) => prove(scene, actor, "further", `thiefs-${scene.owner.person.email}`),
  },
  password: { words: "changes the password by the current one", needs: "password.change", do: changeIt },
  lock: { words: "locks the account", needs: null, do: lock },
};

export const waitingNames = Object.keys(waiting).filter((name): name is PendingName => Object.hasOwn(waiting, name));
export const deeds: Readonly<Record<string, Deed>> = { ...waiting, ...others };

/** One deed in the session that the thief is in, as its page does it: behind a fresh proof where it asks for one. */
export async function doIt(scene: Scene, name: string): Promise<Came> {
  const deed = deeds[name];
  if (deed === undefined) throw new Error(`There is no deed called ${name}.`);
  const actor = deed.needs === null ? await anyActor(scene) : await provenActor(scene, deed.needs);
  if (actor === null) return "asked for a proof";
  try {
    const came = await deed.do(scene, actor);
    if (typeof came === "string") return came;
    if (!came.done) return `after ${came.hours} h`;
    keep(scene, came.kept?.sessionToken);
    return "at once";
  } catch (refusal) {
    if (refusal instanceof DomainError) return `refused: ${refusal.id}`;
    throw refusal;
  }
}

/** The acting session goes on under another token where the security stamp rose. */
function keep(scene: Scene, token: string | null | undefined): void {
  scene.token = token ?? scene.token;
}

async function anyActor({ house, token }: Scene): Promise<Actor | null> {
  const session = token === null ? null : await findLiveSession(house.ctx, sha256(token));
  return session && actorOf(session);
}

/** The owner's, one after the other: the last of them is what counts. */
async function removeAll(scene: Scene, first: Actor): Promise<AskedFor> {
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

async function prove({ house }: Scene, actor: Actor, purpose: ProofPurpose, typed: string): Promise<AskedFor> {
  await beginProof(house.stranger(), { actor, purpose, typed });
  return askToUseProof(house.stranger(), { actor, purpose, code: await lastCode(house.ctx, actor.userId) });
}

async function removeFurther({ house }: Scene, actor: Actor): Promise<AskedFor> {
  const [contact] = (await readContacts(house.ctx, actor))?.further ?? [];
  return askToRemoveContact(house.stranger(), { actor, id: contact?.id ?? "" });
}

async function bind(scene: Scene, actor: Actor, replacesId: string | null = null): Promise<AskedFor> {
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

/** Once the number, which is not the last, was removed. */
async function bindInPlace(scene: Scene, first: Actor): Promise<AskedFor> {
  const { house, owner } = scene;
  const number = await house.db.factor.findFirstOrThrow({ where: { userId: owner.person.userId, kind: "sms" } });
  const removed = await askToRemoveFactor(house.stranger(), { actor: first, factorId: number.id });
  if (removed.done) keep(scene, removed.kept?.sessionToken);
  return bind(scene, (await anyActor(scene)) ?? first, owner.app.factorId);
}

async function setForgotten({ house, token }: Scene, actor: Actor): Promise<AskedFor> {
  const { kinds: held = [] } = (await findLiveSession(house.ctx, sha256(token ?? ""))) ?? {};
  return askForPassword(house.stranger(), { actor, held, next: chosen });
}

async function makeCodes({ house }: Scene, actor: Actor): Promise<"at once"> {
  await regenerateCodes(house.stranger(), { actor });
  return "at once";
}

async function changeIt(scene: Scene, actor: Actor): Promise<"at once" | "asked for the password"> {
  if (scene.password === null) return "asked for the password";
  const changed = await changePassword(scene.house.stranger(), { actor, current: scene.password, next: chosen });
  keep(scene, changed.sessionToken);
  scene.password = chosen;
  return "at once";
}

async function lock({ house }: Scene, actor: Actor): Promise<"at once"> {
  await lockAccount(house.stranger(), actor);
  return "at once";
}
