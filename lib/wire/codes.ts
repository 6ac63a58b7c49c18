import type { MessageId } from "@/lib/messages/catalogue";

/** The numbers that clients of this protocol know, and a few for what they never saw. */
export const wireCodes = {
  done: 200,
  malformed: 400,
  refused: 403,
  noSuchPath: 404,
  wrongMethod: 405,
  tooLarge: 413,
  fault: 500,
  notOffered: 501,
  houseDown: 503,
  throttled: 1002,
  personalSecondStep: 1635,
  policySecondStep: 1636,
  wrongCode: 2001,
  notSignedIn: 2020,
  mfaTokenOver: 2021,
  sentAlready: 2080,
  proofNeeded: 2206,
  forbiddenByPolicy: 2207,
  wrongPassword: 2333,
  wrongTotp: 6001,
  wrongRecovery: 6002,
  totpMissing: 6003,
  recoveryMissing: 6004,
} as const;

/** What one operation numbers otherwise than the rest. */
export type CodeTable = Readonly<Partial<Record<MessageId, number>>>;

/** Wrong, malformed, foreign and spent read the same at each door. */
const common: CodeTable = {
  "challenge.expired": wireCodes.mfaTokenOver,
  "login.wrong": wireCodes.wrongPassword,
  "throttle.too_many": wireCodes.throttled,
  "throttle.closed": wireCodes.throttled,
  "hash.busy": wireCodes.throttled,
  "post.too_soon": wireCodes.sentAlready,
  "post.no_more": wireCodes.throttled,
  "post.too_many": wireCodes.throttled,
  "totp.wrong_code": wireCodes.wrongTotp,
  "totp.malformed": wireCodes.wrongTotp,
  "totp.already_used": wireCodes.wrongTotp,
  "recovery.wrong_code": wireCodes.wrongRecovery,
  "recovery.malformed": wireCodes.wrongRecovery,
  "sms.wrong_code": wireCodes.wrongCode,
  "sms.malformed": wireCodes.wrongCode,
  "email.wrong_code": wireCodes.wrongCode,
  "email.malformed": wireCodes.wrongCode,
  "factors.last_one": wireCodes.forbiddenByPolicy,
  "factors.needed": wireCodes.forbiddenByPolicy,
  "wire.not_signed_in": wireCodes.notSignedIn,
  "wire.proof_needed": wireCodes.proofNeeded,
  "wire.factor_owed": wireCodes.proofNeeded,
  "wire.code_missing": wireCodes.totpMissing,
  "wire.recovery_missing": wireCodes.recoveryMissing,
  "wire.not_offered": wireCodes.notOffered,
  "wire.no_code_login": wireCodes.notOffered,
  "wire.rsa_off": wireCodes.notOffered,
};

/** Where a first code confirms what is being bound, every failure of it has one number. */
export const confirmCodes: CodeTable = {
  "totp.wrong_code": wireCodes.malformed,
  "totp.malformed": wireCodes.malformed,
  "totp.already_used": wireCodes.malformed,
};

/** The number of an error, by the operation's own table first; 400 for what has none. */
export function codeOf(id: MessageId, table: CodeTable): number {
  return table[id] ?? common[id] ?? wireCodes.malformed;
}
