import type { FactorKind } from "@/lib/policy/traits";

/** The kinds that the API for apps has calls for, by what those calls are about. Any other kind is bound and answered in the pages only. */
export const called = { app: "totp", message: "sms", mail: "email", saved: "recovery" } as const satisfies Record<
  string,
  FactorKind
>;

export type CalledKind = (typeof called)[keyof typeof called];

/** What clients call the kinds. Recovery codes are no policy of their own there: they belong to OTP. */
export const policyWords: Readonly<Partial<Record<FactorKind, string>>> = { totp: "OTP", sms: "SMS", email: "EMAIL" };

/** What clients call a kind that no call of theirs answers: it is named, switched off, and the pages answer it. */
export const shownWords: Readonly<Partial<Record<FactorKind, string>>> = { passkey: "PASSKEY" };

/** What a factor is called that a call binds; recovery codes have no name. */
export const kindNames = {
  totp: "totp.kind_name",
  sms: "sms.kind_name",
  email: "email.kind_name",
  recovery: null,
} as const satisfies Record<CalledKind, string | null>;
