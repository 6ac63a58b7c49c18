import { type Between, claim, openChallenge } from "@/lib/testing/histories/model/enter";
import { addressWindows, consumeAll, deviceWindow, refund } from "@/lib/testing/histories/model/first-door";
import { judgeKey } from "@/lib/testing/histories/model/judge";
import { browserAt, isLiveDevice } from "@/lib/testing/histories/model/people";
import { numbers } from "@/lib/testing/histories/model/rules";
import { type Act, type Said, said } from "@/lib/testing/histories/model/said";
import type { Person, State } from "@/lib/testing/histories/model/state";

type SigningIn = Extract<Act, { readonly do: "signIn" }>;

/**
 * Both doors at once, by a passkey whose person is verified now and was when it was bound. Its challenge is of this browser, five minutes old at most, and good once. The answer is counted at the address, or at the
 * known device, as a login is; a right one is refunded. Wrong passwords are not forgotten by it.
 */
export function signIn(state: State, { browser: at, signed, of }: SigningIn, between: Between): Said {
  const browser = browserAt(state, at);
  if (of === state.signIns.length) state.signIns.push({ browser: at, at: state.now, isSpent: false });
  const challenge = state.signIns[of];
  if (!challenge || challenge.browser !== at || challenge.at + numbers.signInLife <= state.now) return said("late");
  const person = holderOf(state, signed.key);
  const device = (person && browser.devices.find((one) => isLiveDevice(one, person, state.now))) ?? null;
  const door = device ? [deviceWindow(device)] : addressWindows(state, browser.ip);
  const refusal = consumeAll(state, door);
  if (refusal) return refusal;
  between("before it is judged");
  if (challenge.isSpent) return said("late");
  if (person === null) return said("unknown");
  if (!signed.verified) return said("unverified");
  const verdict = judgeKey(state, person, signed, { purpose: "LOGIN" });
  if (verdict.is !== "right") return said(verdict.is);
  if (!person.factors.some(({ name, key }) => name === signed.key && key?.verifies)) return said("unverified");
  challenge.isSpent = true;
  verdict.spend(state);
  if (device === null) refund(state, person, door);
  const opened = openChallenge(state, person, { purpose: "LOGIN", session: null, device, network: null });
  return claim(state, { browser, person, challenge: opened, kind: "passkey", isSignIn: true }, between);
}

const holderOf = ({ people }: State, key: string): Person | null =>
  people.find(({ factors }) => factors.some(({ name }) => name === key)) ?? null;
