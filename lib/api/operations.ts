import { checkLoginStatus, currentUser, logout, refreshToken, securityLevel } from "@/lib/api/account";
import { associate, confirm, dissociate, listAuthenticators } from "@/lib/api/authenticators";
import { loginByAccount, loginByEmail, loginByPhone, loginByUsername } from "@/lib/api/logins";
import { notOffered, refusedCodeLogin } from "@/lib/api/not-offered";
import type { Operation } from "@/lib/api/operation";
import { passwordKey } from "@/lib/api/password-key-operation";
import { checkPasswordStrength, updatePassword } from "@/lib/api/passwords";
import { updateUser } from "@/lib/api/profile";
import { resetPassword } from "@/lib/api/resets";
import { sendEmail, sendSms } from "@/lib/api/sends";
import { unbindPhone } from "@/lib/api/unbind-phone";
import { checkBindable, verifyEmail, verifyRecovery, verifySms, verifyTotp } from "@/lib/api/verify";

export type Method = "GET" | "POST" | "DELETE";

/** Everything under /api/v2, by path and method. The door and the published description read this one table. */
export const restOperations: Readonly<Record<string, Readonly<Partial<Record<Method, Operation>>>>> = {
  ".well-known": { GET: passwordKey },
  "login/account": { POST: loginByAccount },
  "login/email-code": { POST: refusedCodeLogin("loginByEmailCode") },
  "ldap/verify-user": { POST: notOffered("loginByLdap") },
  "ad/verify-user": { POST: notOffered("loginByAd") },
  "mfa/authenticator": { GET: listAuthenticators },
  "mfa/totp/associate": { POST: associate, DELETE: dissociate },
  "mfa/totp/associate/confirm": { POST: confirm },
  "mfa/totp/verify": { POST: verifyTotp },
  "mfa/totp/recovery": { POST: verifyRecovery },
  "applications/mfa/totp/verify": { POST: verifyTotp },
  "applications/mfa/sms/verify": { POST: verifySms },
  "applications/mfa/email/verify": { POST: verifyEmail },
  "applications/mfa/check": { POST: checkBindable },
  "sms/send": { POST: sendSms },
  "email/send": { POST: sendEmail },
  logout: { GET: logout },
  "users/me/security-level": { GET: securityLevel },
  "mfa/face/associate": { POST: notOffered("associateFace") },
  "mfa/face/verify": { POST: notOffered("verifyFaceMfa") },
  "applications/mfa/face/verify": { POST: notOffered("verifyFaceMfa") },
  upload: { POST: notOffered("upload") },
};

/** What POST /graphql/v2 knows, by the name of the first field. There is no engine behind it: these documents and no others. */
export const graphqlOperations: Readonly<
  Record<string, { readonly kind: "query" | "mutation"; readonly of: Operation }>
> = {
  loginByEmail: { kind: "mutation", of: loginByEmail },
  loginByUsername: { kind: "mutation", of: loginByUsername },
  loginByPhonePassword: { kind: "mutation", of: loginByPhone },
  loginByPhoneCode: { kind: "mutation", of: refusedCodeLogin("loginByPhoneCode") },
  loginBySubAccount: { kind: "mutation", of: notOffered("loginBySubAccount") },
  sendEmail: { kind: "mutation", of: sendEmail },
  updatePassword: { kind: "mutation", of: updatePassword },
  checkPasswordStrength: { kind: "query", of: checkPasswordStrength },
  resetPasswordByFirstLoginToken: { kind: "mutation", of: notOffered("resetPasswordByFirstLoginToken") },
  resetPasswordByForceResetToken: { kind: "mutation", of: notOffered("resetPasswordByForceResetToken") },
  unbindPhone: { kind: "mutation", of: unbindPhone },
  unbindEmail: { kind: "mutation", of: notOffered("unbindEmail") },
  resetPassword: { kind: "mutation", of: resetPassword },
  updateUser: { kind: "mutation", of: updateUser },
  refreshToken: { kind: "mutation", of: refreshToken },
  user: { kind: "query", of: currentUser },
  checkLoginStatus: { kind: "query", of: checkLoginStatus },
};
