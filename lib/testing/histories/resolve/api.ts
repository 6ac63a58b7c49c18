import { isOpen } from "@/lib/testing/histories/model/enter";
import { isLiveSession, personAt } from "@/lib/testing/histories/model/people";
import type { Act, ApiKind } from "@/lib/testing/histories/model/said";
import type { Browser, State } from "@/lib/testing/histories/model/state";
import { waysOf } from "@/lib/testing/histories/model/ways";
import type { Move } from "@/lib/testing/histories/moves";
import { codeFor } from "@/lib/testing/histories/resolve/codes";
import { among, living } from "@/lib/testing/histories/resolve/scene";

const apiKinds = ["totp", "sms", "email", "recovery"] as const;

export function apiLogInOf(state: State, { how, pick, other }: Move): Act | null {
  const client = among(state.clients, other)?.index ?? 0;
  if (how === "unknown") return { do: "apiLogIn", client, person: null, password: -1 };
  const person = among(living(state), pick);
  if (!person) return null;
  const old = person.password > 0 ? person.password - 1 : -1;
  const password = how === "right" ? person.password : how === "old" ? old : -1;
  return { do: "apiLogIn", client, person: person.index, password };
}

/** Whoever holds an mfaToken of somebody who can answer; mostly one that is still good. What binds by a call is not played. */
function between(state: State, pick: number): Browser | undefined {
  const asked = state.clients.filter(
    ({ challenge }) => challenge && personAt(state, challenge.owner).factors.length > 0,
  );
  const open = asked.filter(({ challenge }) => challenge && isOpen(state, personAt(state, challenge.owner), challenge));
  if (open.length > 0 && pick % 8 !== 7) return among(open, pick);
  return pick % 4 === 3 ? among(asked, pick) : undefined;
}

/** Who brings it: mostly whom it was given to; once in a while another program, of this app or of another. */
const callerOf = (state: State, { index }: Browser, how: string, pick: number): number =>
  how === "elsewhere" ? (index + 1 + (pick % 2)) % state.clients.length : index;

export function apiAnswerOf(state: State, { how, pick, other }: Move): Act | null {
  const bearer = between(state, pick);
  if (!bearer?.challenge) return null;
  const { index: by, challenge } = bearer;
  const person = personAt(state, challenge.owner);
  const offered = apiKinds.filter((kind) => waysOf(person, challenge).includes(kind));
  const kind: ApiKind | undefined = how === "other kind" ? among(apiKinds, other) : among(offered, other >> 1);
  if (!kind) return null;
  const asIs = how === "elsewhere" || how === "other kind" ? "right" : how;
  const code = codeFor(state, { person, challenge, kind, how: asIs, pick: other });
  const client = callerOf(state, bearer, how, other);
  if (code !== null) return { do: "apiAnswer", client, by, kind, code };
  return kind === "sms" || kind === "email" ? { do: "apiSend", client, by, kind } : null;
}

export function apiSendOf(state: State, { how, pick, other }: Move): Act | null {
  const bearer = between(state, pick);
  const kind = other % 2 === 0 ? "sms" : "email";
  return bearer ? { do: "apiSend", client: callerOf(state, bearer, how, other), by: bearer.index, kind } : null;
}

/** With a user token, mostly one of a session that lives. */
export function apiLookOf(state: State, { how, pick, other }: Move): Act | null {
  const held = state.clients.filter(({ session }) => session !== null);
  const live = held.filter(({ session }) => isLiveSession(state, session));
  const bearer = among(live.length > 0 && pick % 4 > 0 ? live : held, pick);
  if (!bearer) return null;
  const by = bearer.index;
  return { do: how === "logOut" ? "apiLogOut" : "apiLook", client: callerOf(state, bearer, how, other), by };
}

/** Removed now and then, and soon registered anew. */
export function appOf({ apps }: State, { pick, other }: Move): Act | null {
  const gone = apps.findIndex(({ isRegistered }) => !isRegistered);
  if (gone >= 0) return { do: "registerApp", app: gone };
  return other % 3 === 0 ? { do: "removeApp", app: pick % apps.length } : null;
}
