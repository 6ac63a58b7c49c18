import { isOpen } from "@/lib/testing/histories/model/enter";
import { personAt } from "@/lib/testing/histories/model/people";
import type { Act } from "@/lib/testing/histories/model/said";
import type { State } from "@/lib/testing/histories/model/state";
import type { Move } from "@/lib/testing/histories/moves";
import { signedWith } from "@/lib/testing/histories/resolve/codes";
import { among } from "@/lib/testing/histories/resolve/scene";

/** A fresh proof by a passkey, whose person is verified, or who only found it in its slot. */
export function touchOf(state: State, { how, pick, other }: Move): Act | null {
  const asked = state.browsers.flatMap(({ index, challenge }) => {
    const person = challenge?.purpose === "STEP_UP" ? personAt(state, challenge.owner) : null;
    const keys = person && isOpen(state, person, challenge) ? person.factors.filter(({ key }) => key?.verifies) : [];
    return keys.map((factor) => ({ index, factor }));
  });
  const found = among(asked, pick);
  if (!found) return null;
  const code = { ...signedWith(found.factor, how === "left" ? "stale" : how, other), here: true };
  return { do: "answer", browser: found.index, kind: "passkey", code, trusts: false };
}

/** By a passkey that is bound, or was; with a challenge of its own, or one that was handed out before. */
export function signInOf(state: State, { how, pick, other }: Move): Act | null {
  const bound = state.people.flatMap(({ factors }) => factors.filter(({ kind }) => kind === "passkey"));
  const factor = among(bound, pick);
  const gone = how === "gone" ? among(state.keys, pick) : undefined;
  const browser = among(state.browsers, other)?.index ?? 0;
  const of = how === "spent" ? pick % (state.signIns.length + 1) : state.signIns.length;
  const at = how === "spent" && other % 4 > 0 ? (state.signIns[of]?.browser ?? browser) : browser;
  if (gone !== undefined) return { do: "signIn", browser: at, signed: { key: gone, counter: 9, verified: true }, of };
  if (!factor) return null;
  const signed = signedWith(factor, how === "unverified" ? "stale" : how, other);
  return { do: "signIn", browser: at, signed, of };
}
