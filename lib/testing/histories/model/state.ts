import type { Waiting, Window } from "@/lib/testing/histories/model/counters";
import type { StepUpAction } from "@/lib/testing/histories/model/said";

/** The strongest first. */
export const boundKinds = ["passkey", "totp", "sms", "email"] as const;
export type BoundKind = (typeof boundKinds)[number];
export type Kind = BoundKind | "recovery" | "password";

/** Those whose wrong answers are counted: nobody guesses a key. */
export const guessedKinds = ["totp", "sms", "email"] as const;
export type GuessedKind = (typeof guessedKinds)[number];

/** Of a passkey: its person was verified when it was bound, it may be copied, and what it has counted last. */
export type Key = { verifies: boolean; isSynced: boolean; counter: number; isUnasked?: boolean };

/** Something bound. `name`: what both sides call it; `lastStep`: of an app, the step of its last code. */
export type Factor = {
  name: string;
  kind: BoundKind;
  to: string | null;
  lastStep: number;
  /** Null: it is no passkey. */
  key: Key | null;
  boundAt: number;
  usedAt: number;
};

/** A dangerous change that waits. `factor`: which is to go; `next`: which password is to come; `dueAt`: null while no letter about it has left. */
export type ChangeKind = "factor.remove" | "data.download" | "password.set" | "account.delete";
export type Change = {
  kind: ChangeKind;
  factor: string | null;
  next: number | null;
  askedIn: Session;
  dueAt: number | null;
};

/** An account, and everything that is counted against it. `codes`: its recovery codes by name. */
export type Person = {
  index: number;
  email: string;
  isAdmin: boolean;
  isDemanded: boolean | null;
  /** Only what no false page can take is enough for them. */
  isStrict: boolean;
  /** A browser made a passkey of theirs without a dialogue: it does so once. */
  hadUnasked: boolean;
  /** Which of the passwords it is, and the moment of the last change of what protects the account, counted. */
  password: number;
  passwordAt: number;
  madeAt: number;
  stamp: number;
  /** What waits, and of which kinds there was ever a letter with a link. */
  changes: Change[];
  asked: ChangeKind[];
  hasEntered: boolean;
  /** They deleted their account: nobody has its name any more. */
  isGone: boolean;
  wrongInRow: number;
  strangers: Waiting;
  tries: Record<GuessedKind | "password", Waiting>;
  factors: Factor[];
  /** Addresses of factors that went, and until when they hear of things all the same. */
  former: { kind: BoundKind; to: string; until: number }[];
  codes: string[];
  /** Of these, what a page showed together and nobody has said to have saved. */
  unsaved: (readonly string[])[];
  devices: Device[];
  sessions: Session[];
  halfLogins: Challenge[];
  refunded: Window;
  begins: Window;
  confirms: Window;
  /** When they logged in through an app, by the app and by what the program calls itself. */
  seenThrough: Record<string, number>;
  noticeSms: Window;
  reserve: Window;
  resets: Window;
  resetReserve: Window;
  resetLinks: ResetLink[];
  /** By kind: the hour of the last first one, and the digest that gathers what came after it. */
  gathered: Record<string, { window: Window; digest: Digest | null }>;
  digests: Digest[];
  sends: Record<string, Window>;
  claimsNoted: Record<string, Window>;
};

export type Digest = { about: string; repeats: number };

export type Device = {
  owner: number;
  stamp: number;
  since: number;
  until: number;
  usedAt: number;
  isForgotten: boolean;
  /** When its owner asked that no second step be asked there; null: never. */
  trustedAt: number | null;
  logins: Window;
  passwords: Window;
  tries: Record<GuessedKind | "password", Window>;
};

/** The codes of one way, or to one claimed address: the minute between two, and how many there were. */
export type StepSends = { gap: Window; count: Window };

export type Session = {
  owner: number;
  stamp: number;
  until: number;
  openedAt: number;
  seenAt: number;
  provenAt: number;
  provenWith: Kind;
  /** Whether the password opened it. */
  byPassword: boolean;
  level: 1 | 2;
  failures: number;
  device: Device | null;
  /** Which app opened it; null: the pages. */
  app: number | null;
  isOver: boolean;
  passwords: Window;
  asks: Window;
  pending: Pending[];
  stepSends: Record<string, StepSends>;
};

export type Challenge = {
  owner: number;
  purpose: "LOGIN" | "STEP_UP" | "RESET";
  /** What a step-up is for. */
  action: StepUpAction | null;
  session: Session | null;
  stamp: number;
  until: number;
  tries: number;
  /** What the tries were consumed from, so that a success can reset them. */
  consumed: { readonly counter: GuessedKind | "password"; readonly by: "device" | "strangers" }[];
  device: Device | null;
  app: number | null;
  isOver: boolean;
  /** The password was typed, and the code by e-mail is still to come. */
  isHalf: boolean;
  network: string | null;
  openedAt: number;
  stepSends: Record<string, StepSends>;
  pending: Pending[];
  isProlonged: boolean;
  bindable: Window;
  /** Of a reset: the letter's link, and what becomes of it once it is confirmed. */
  link: ResetLink | null;
  reset: Reset | null;
};

/** The link of a letter about a forgotten password. */
export type ResetLink = { until: number; isOver: boolean };

/** A confirmed reset: it waits for the password, and then for the login that need not give the factor again. `provenWith` null: nothing was asked. */
export type Reset = { provenWith: Kind | null; until: number; isSet: boolean };

/** A factor that waits for its first code. */
export type Pending = {
  name: string;
  kind: BoundKind;
  to: string | null;
  replaces: string | null;
  tries: number;
  until: number;
};

/** A code that was sent, by its place among all that were. */
export type SentCode = {
  place: number;
  kind: BoundKind;
  challenge: Challenge | null;
  pending: string | null;
  factor: string;
  at: number;
  until: number;
  isSpent: boolean;
};

/** A challenge of a sign-in by passkey, made for one browser. */
export type SignIn = { browser: number; at: number; isSpent: boolean };

export type Browser = {
  index: number;
  ip: string;
  /** Of the people who became known here, the newest first. */
  devices: Device[];
  session: Session | null;
  challenge: Challenge | null;
  /** Null: a browser on the pages. Else a program of this app: its `challenge` is what its last mfaToken names, its `session` what its user token does. */
  app: number | null;
};

/** An app that people log in through; one that is removed may be registered anew. */
export type App = { readonly demands: boolean; isRegistered: boolean };

export type Letter = { kind: string; channel: "mail" | "sms"; to: string };

export type State = {
  /** Which history it is: many are played beside each other. */
  readonly number: number;
  now: number;
  people: Person[];
  browsers: Browser[];
  /** Programs that call the JSON API, and the apps that they are of. */
  clients: Browser[];
  apps: App[];
  near: Record<string, Window>;
  wide: Record<string, Window>;
  sent: SentCode[];
  signIns: SignIn[];
  /** Every passkey that was ever bound, by name. */
  keys: string[];
  letters: Letter[];
  /** Counts the names that both sides give to recovery codes. */
  saved: number;
  /** What a name that nobody has stands for: it counts like anybody. */
  nobody: Person;
  /** How many strangers were there. */
  strangers: number;
  addressSends: Record<string, Window>;
  forgot: Record<string, Window>;
};
