import type { BoundKind, ChangeKind, Kind } from "@/lib/testing/histories/model/state";

/** What somebody types as a code, as both sides call it: an app's code of a step, a sent letter, a saved code, a password, or nonsense. */
export type Code =
  | { readonly app: string; readonly step: number }
  | { readonly sent: number }
  | { readonly saved: string }
  | Signed
  | { readonly password: number }
  | "wrong"
  | "malformed";

/** What a passkey answers: what it counts, whether its person was verified, and whether it is about this very step. */
export type Signed = {
  readonly key: string;
  readonly counter: number;
  readonly verified: boolean;
  readonly here: boolean;
};

export type StepUpAction =
  | "factor.add"
  | "factor.remove"
  | "recovery.regenerate"
  | "password.change"
  | "change.veto"
  | "data.download"
  | "account.delete";

/** One thing that somebody does, with everything in it named: both sides play the same. */
export type Act =
  | { readonly do: "logIn"; readonly browser: number; readonly person: number | null; readonly password: number }
  | {
      readonly do: "signIn";
      readonly browser: number;
      readonly signed: Omit<Signed, "here">;
      /** Which of the challenges that browsers were handed; the number of them all: a new one. */
      readonly of: number;
    }
  | {
      readonly do: "answer";
      readonly browser: number;
      readonly kind: Kind;
      readonly code: Code;
      /** They tick that no second step be asked in this browser for some days. */
      readonly trusts: boolean;
    }
  | { readonly do: "send"; readonly browser: number; readonly kind: BoundKind; readonly factor: string | null }
  | { readonly do: "cancel" | "logOut" | "look" | "newCodes"; readonly browser: number }
  | { readonly do: "stepUp"; readonly browser: number; readonly action: StepUpAction }
  | {
      readonly do: "begin" | "beginAtLogin";
      readonly browser: number;
      readonly kind: BoundKind;
      readonly to: string | null;
      readonly replaces: string | null;
      readonly as: string;
    }
  | {
      readonly do: "confirm" | "confirmAtLogin";
      readonly browser: number;
      readonly kind: BoundKind;
      readonly code: Code;
    }
  | {
      /** A browser makes a passkey without a dialogue, for this session or for something else. */
      readonly do: "makeUnasked";
      readonly browser: number;
      readonly as: string;
      readonly isHere: boolean;
    }
  | { readonly do: "drop" | "again" | "againAtLogin"; readonly browser: number; readonly kind: BoundKind }
  | { readonly do: "remove"; readonly browser: number; readonly factor: string }
  | { readonly do: "changePassword"; readonly browser: number; readonly current: number; readonly next: number }
  | { readonly do: "reset"; readonly browser: number; readonly person: number }
  | { readonly do: "choosePassword"; readonly browser: number; readonly next: number }
  | { readonly do: "askForData" | "askForDeletion"; readonly browser: number }
  | { readonly do: "askForPassword"; readonly browser: number; readonly next: number }
  | { readonly do: "veto"; readonly browser: number; readonly person: number; readonly kind: ChangeKind }
  | { readonly do: "vetoByLink"; readonly person: number; readonly kind: ChangeKind }
  | { readonly do: "unlock" | "due"; readonly person: number }
  | { readonly do: "guessPassword"; readonly person: number; readonly times: number; readonly from: Guesser }
  | {
      readonly do: "guessCode";
      readonly person: number;
      readonly password: number;
      readonly kind: BoundKind;
      readonly times: number;
      readonly from: Guesser;
    }
  | { readonly do: "apiLogIn"; readonly client: number; readonly person: number | null; readonly password: number }
  | {
      readonly do: "apiAnswer";
      readonly client: number;
      /** Whose mfaToken it brings. */
      readonly by: number;
      readonly kind: ApiKind;
      readonly code: Code;
    }
  | { readonly do: "apiSend"; readonly client: number; readonly by: number; readonly kind: "sms" | "email" }
  | { readonly do: "apiLook" | "apiLogOut"; readonly client: number; readonly by: number }
  | { readonly do: "removeApp" | "registerApp"; readonly app: number }
  | { readonly do: "wait"; readonly length: number }
  | { readonly do: "restart" };

/** The kinds that calls of the API answer. */
export type ApiKind = "totp" | "sms" | "email" | "recovery";

/** A browser, or strangers: each try from an address that nobody used before, beginning with this one. */
export type Guesser = { readonly browser: number } | { readonly strangers: number };

/**
 * What is answered. `waits`: for how many milliseconds nothing more is judged, or sent; `last`: one more wrong answer, and it is over;
 * `shows`: how many recovery codes are shown; `ends`: how many other sessions ended.
 * To an app `said` is the number of its answer, and `waits` are whole seconds.
 */
export type Said = {
  readonly said: string;
  readonly waits?: number;
  readonly last?: true;
  readonly shows?: number;
  readonly ends?: number;
  /** To an app: what it is told to offer. */
  readonly offers?: string;
};

export const said = (word: string, more: Omit<Said, "said"> = {}): Said => ({ said: word, ...more });

/** Many answers as one: equal ones that follow each other are counted. */
export function inTurn(all: readonly Said[]): Said {
  const words: { text: string; times: number }[] = [];
  for (const one of all) {
    const text = [one.said, one.waits, one.last ? "last" : undefined].filter((part) => part !== undefined).join(" ");
    const before = words.at(-1);
    if (before?.text === text) before.times += 1;
    else words.push({ text, times: 1 });
  }
  return said(words.map(({ text, times }) => `${times} × ${text}`).join(", "));
}

/** The address of a stranger, by their number in this history: each is in a network of their own (an IPv6 /48). */
export const strangersAddress = (history: number, number: number): string =>
  [0x2000 + (history >> 16), history & 0xffff, number & 0xffff]
    .map((group) => group.toString(16))
    .join(":")
    .concat("::1");
