import { isOpen } from "@/lib/testing/histories/model/enter";
import { stepAt } from "@/lib/testing/histories/model/judge";
import { isLiveSession, personAt } from "@/lib/testing/histories/model/people";
import type { Act, Code } from "@/lib/testing/histories/model/said";
import type { BoundKind, Browser, State } from "@/lib/testing/histories/model/state";
import type { Move } from "@/lib/testing/histories/moves";
import { among, inside, type Scene } from "@/lib/testing/histories/resolve/scene";

export function beginOf({ state, places, nextName }: Scene, { how, pick, other }: Move): Act | null {
  const enrols = state.browsers.filter(({ challenge }) => {
    const person = challenge && personAt(state, challenge.owner);
    return (
      challenge &&
      person &&
      challenge.purpose === "LOGIN" &&
      person.factors.length === 0 &&
      isOpen(state, person, challenge)
    );
  });
  const isAtLogin = enrols.length > 0 && pick % 3 > 0;
  const browser = isAtLogin ? among(enrols, pick) : inside(state, pick);
  if (!browser) return null;
  const held = browser.session ? personAt(state, browser.session.owner).factors : [];
  const replaced =
    how === "add" ? undefined : among(how === "replace" ? held : state.people.flatMap(({ factors }) => factors), other);
  const kind: BoundKind = replaced?.kind ?? among(["totp", "passkey", "sms", "email"] as const, other) ?? "totp";
  const to =
    kind === "totp" || kind === "passkey" ? null : (among(kind === "sms" ? places.numbers : places.mails, pick) ?? "");
  const act = { browser: browser.index, kind, to, as: nextName } as const;
  return isAtLogin
    ? { do: "beginAtLogin", ...act, replaces: null }
    : { do: "begin", ...act, replaces: replaced?.name ?? null };
}

type Waiting = { readonly name: string; readonly kind: BoundKind; readonly isAtLogin: boolean };

export function waitingAt(state: State, pick: number): readonly [Browser, Waiting] | null {
  const all = state.browsers.flatMap((browser) => {
    const inSession = isLiveSession(state, browser.session) ? (browser.session?.pending ?? []) : [];
    const atLogin = browser.challenge?.pending ?? [];
    return [
      ...inSession.map(({ name, kind }) => [browser, { name, kind, isAtLogin: false }] as const),
      ...atLogin.map(({ name, kind }) => [browser, { name, kind, isAtLogin: true }] as const),
    ];
  });
  return among(all, pick) ?? null;
}

export function confirmOf({ state }: Scene, { how, pick, other }: Move): Act | null {
  const [browser, pending] = waitingAt(state, pick) ?? [];
  if (!browser || !pending) return null;
  const code = firstCodeFor(state, pending, how, other);
  return { do: pending.isAtLogin ? "confirmAtLogin" : "confirm", browser: browser.index, kind: pending.kind, code };
}

function firstCodeFor(state: State, { name, kind }: Waiting, how: string, pick: number): Code {
  if (how === "malformed" || how === "wrong") return how;
  if (kind === "passkey") return { key: name, counter: pick % 2, verified: pick % 3 > 0, here: how === "right" };
  const now = stepAt(state.now);
  if (kind === "totp") {
    if (how === "stale")
      return {
        app: state.people.flatMap(({ factors }) => factors).find((one) => one.kind === "totp")?.name ?? name,
        step: now,
      };
    return { app: name, step: how === "drift" ? now + (among([-20, -2, 2, 20, 21], pick) ?? 2) : now + (pick % 3) - 1 };
  }
  const mine = state.sent.filter((one) => one.pending === name);
  const sent =
    how === "right"
      ? mine.at(-1)
      : among(
          state.sent.filter((one) => one.kind === kind),
          pick,
        );
  return sent ? { sent: sent.place } : "wrong";
}
