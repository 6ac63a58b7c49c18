import type { MessageId } from "@/lib/messages/catalogue";

/** The numbers that clients of this protocol know, and a few for what they never saw. */
export const apiCodes = {
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
  "challenge.expired": apiCodes.mfaTokenOver,
  "login.wrong": apiCodes.wrongPassword,
  "throttle.too_many": apiCodes.throttled,
  "throttle.start_over": apiCodes.throttled,
  "throttle.closed": apiCodes.throttled,
  "hash.busy": apiCodes.throttled,
  "post.too_soon": apiCodes.sentAlready,
  "post.no_more": apiCodes.throttled,
  "post.too_many": apiCodes.throttled,
  "totp.wrong_code": apiCodes.wrongTotp,
  "totp.malformed": apiCodes.wrongTotp,
  "totp.already_used": apiCodes.wrongTotp,
  "recovery.wrong_code": apiCodes.wrongRecovery,
  "recovery.malformed": apiCodes.wrongRecovery,
  "sms.wrong_code": apiCodes.wrongCode,
  "sms.malformed": apiCodes.wrongCode,
  "email.wrong_code": apiCodes.wrongCode,
  "email.malformed": apiCodes.wrongCode,
  "factors.last_one": apiCodes.forbiddenByPolicy,
  "factors.needed": apiCodes.forbiddenByPolicy,
  "wire.not_signed_in": apiCodes.notSignedIn,
  "wire.proof_needed": apiCodes.proofNeeded,
  "wire.factor_owed": apiCodes.proofNeeded,
  "wire.code_missing": apiCodes.totpMissing,
  "wire.recovery_missing": apiCodes.recoveryMissing,
  "wire.not_offered": apiCodes.notOffered,
  "wire.no_code_login": apiCodes.notOffered,
  "wire.rsa_off": apiCodes.notOffered,
};

/** Where a first code confirms what is being bound, every failure of it has one number. */
export const confirmCodes: CodeTable = {
  "totp.wrong_code": apiCodes.malformed,
  "totp.malformed": apiCodes.malformed,
  "totp.already_used": apiCodes.malformed,
};

/** The number of an error, by the operation's own table first; 400 for what has none. */
export function codeOf(id: MessageId, table: CodeTable): number {
  return table[id] ?? common[id] ?? apiCodes.malformed;
}
