/**
 * Actions that weaken or move what protects an account, and so need a fresh proof (ASVS 5.0, 7.5.1).
 * Renaming a factor is not among them: it changes nothing but a word.
 */
export const freshActions = [
  "factor.add",
  "factor.remove",
  "recovery.regenerate",
  "password.change",
  "sessions.end",
  "devices.forget",
  "change.veto",
  "data.download",
  "account.delete",
  "contact.change",
  "username.change",
] as const;

/**
 * Of these, what hands on a factor or what stands for one: whoever has done it with a weaker proof has the stronger one's place. And what is done at once and cannot
 * wait: another password ends the owner's sessions and what waits for them, a veto what they asked for. Whoever lost their key has the reset, and the link of the letter.
 */
const strongestOnly = {
  "factor.add": "removal",
  "recovery.regenerate": "removal",
  "password.change": "reset",
  "change.veto": "letter",
} as const satisfies Partial<Record<FreshAction, string>>;

/** Where whoever has lost what such an action asks for goes instead: the reset, the link of the letter, or first the removal of what is lost. */
export type WhenLost = (typeof strongestOnly)[keyof typeof strongestOnly];

const isStrongestOnly = (action: string | null): action is keyof typeof strongestOnly =>
  action !== null && Object.hasOwn(strongestOnly, action);

/** Null: no such action. */
export const whenLost = (action: string | null): WhenLost | null =>
  isStrongestOnly(action) ? strongestOnly[action] : null;

/**
 * How good a proof must be. `strong`: beside a phishing-resistant kind also an app's or a text message's code is one, so that nobody who lost a key is kept
 * out of their settings; what would be done at once waits then.
 */
export type Wanted = "strongest" | "strong";

/** What an action wants; of a word that is none the most. */
export const wantedBy = (action: string | null): Wanted =>
  freshActions.some((one) => one === action) && !isStrongestOnly(action) ? "strong" : "strongest";

export type FreshAction = (typeof freshActions)[number];
