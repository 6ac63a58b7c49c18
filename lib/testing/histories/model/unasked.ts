import { consumeWindow, isFull } from "@/lib/testing/histories/model/counters";
import type { Between } from "@/lib/testing/histories/model/enter";
import { isFresh, signedIn } from "@/lib/testing/histories/model/guard";
import { tell } from "@/lib/testing/histories/model/letters";
import { isLiveDevice, isLiveSession, personAt } from "@/lib/testing/histories/model/people";
import { numbers, windows } from "@/lib/testing/histories/model/rules";
import { type Act, type Said, said } from "@/lib/testing/histories/model/said";
import { boundKinds, type Factor, type Session, type State } from "@/lib/testing/histories/model/state";

/**
 * Once, within ten minutes of a login with the password and the strongest second step, in a browser that was known for a week before it, and a password of a week. So never as somebody's first factor.
 */
export function mayMakeUnasked(state: State, session: Session): boolean {
  const { now } = state;
  const person = personAt(state, session.owner);
  const { device, openedAt, provenWith } = session;
  if (!isLiveSession(state, session) || !session.byPassword || person.hadUnasked) return false;
  if (!boundKinds.some((kind) => kind === provenWith) || !isFresh(person, session, now, "factor.add")) return false;
  if (openedAt + numbers.freshFor <= now || person.factors.length >= numbers.factorsPerPerson) return false;
  if (!isLiveDevice(device, person, now) || device.since >= openedAt) return false;
  return [device.since, person.passwordAt].every((moment) => moment + numbers.settled <= now);
}

/** Nothing ends and no stamp rises; every address hears of it. It is no first door before it has served behind the password. */
export function makeUnasked(
  state: State,
  { browser: at, as: name, isHere }: Extract<Act, { readonly do: "makeUnasked" }>,
  between: Between,
): Said {
  const passed = signedIn(state, at);
  if ("refusal" in passed) return passed.refusal;
  const { person, session } = passed;
  if (!mayMakeUnasked(state, session) || isFull(person.confirms, windows.confirms, state.now)) return said("not kept");
  consumeWindow(person.confirms, windows.confirms, state.now);
  between("before it binds");
  if (!isHere || !mayMakeUnasked(state, session)) return said("not kept");
  const key = { verifies: false, isSynced: false, counter: 0, isUnasked: true };
  const factor: Factor = { name, kind: "passkey", to: null, lastStep: -1, key, boundAt: state.now, usedAt: 0 };
  state.keys.push(name);
  person.factors.push(factor);
  person.hadUnasked = true;
  tell(state, person, "passkey.made_unasked");
  return said("kept");
}
