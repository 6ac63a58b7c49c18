import { DomainError } from "@/lib/kernel/errors";
import { askForChange } from "@/lib/pending/ask-for-change";
import type { PendingName } from "@/lib/pending/registry";
import type { FreshAction } from "@/lib/policy/freshness";
import { provenActor } from "@/lib/testing/thieves/answers";
import {
  anyActor,
  bind,
  bindInPlace,
  bindPasskey,
  changeIt,
  type Doing,
  keep,
  lock,
  makeCodes,
  prove,
  removeAll,
  removeFurther,
  setForgotten,
} from "@/lib/testing/thieves/doings";
import { someNumber } from "@/lib/testing/thieves/owner";
import type { Scene } from "@/lib/testing/thieves/scene";

/** What came of a deed: it is done, it waits for so many hours, or the thief was asked for what they do not have, or refused. */
export type Came =
  | "at once"
  | "asked for a proof"
  | "asked for the password"
  | `refused: ${string}`
  | `after ${number} h`;

/** `needs`: the fresh proof that its page asks for; null: none. */
type Deed = { readonly words: string; readonly needs: FreshAction | null; readonly do: Doing };

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

/** Where there are passkeys. */
const withKeys: Readonly<Record<string, Deed>> = {
  "own passkey": { words: "binds a passkey of their own", needs: "factor.add", do: bindPasskey },
};

/** Of all deeds those of the table about passkeys. */
const besideKeys = [
  "factor.remove",
  "email.change",
  "data.download",
  "password.set",
  "password",
  "own passkey",
  "new codes",
  "lock",
];

export const deedsBesideKeys: Readonly<Record<string, Deed>> = Object.fromEntries(
  Object.entries({ ...deeds, ...withKeys }).filter(([name]) => besideKeys.includes(name)),
);

/** One deed in the session that the thief is in, as its page does it: behind a fresh proof where it asks for one. */
export async function doIt(scene: Scene, name: string): Promise<Came> {
  const deed = deeds[name] ?? withKeys[name];
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
