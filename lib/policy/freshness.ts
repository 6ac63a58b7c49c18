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

export type FreshAction = (typeof freshActions)[number];
