import type { Words } from "@/lib/messages/words-shape";

/** What apps read in answers of the JSON API, and may show to people. Ids are for ever, so these keep the word that this room had first. */
export const apiMessages = {
  "wire.done": { en: "Done.", zh: "操作成功。" },
  "wire.verified": { en: "The second step is verified.", zh: "二次验证成功。" },
  "wire.totp_begun": { en: "Here is the key for an authenticator app.", zh: "获取 MFA 密钥成功。" },
  "wire.totp_bound": { en: "The authenticator app is set up.", zh: "TOTP MFA 绑定成功。" },
  "wire.totp_waits": {
    en: "The removal of the second factor waits, so that the account’s owner can stop it: a letter about it was sent.",
    zh: "移除第二重验证需要等待，以便账户所有者取消：已发送通知。",
  },
  "wire.totp_unbound": { en: "The authenticator app is removed.", zh: "TOTP MFA 解绑成功。" },
  "wire.sent": {
    en: "If this address belongs to this login, a code is on its way. At most one is sent each minute.",
    zh: "如果该地址属于本次登录的账户，验证码正在发送。每分钟最多发送一条。",
  },
  "wire.password_good": { en: "This password may be chosen.", zh: "此密码可以使用。" },
  "wire.second_step_personal": {
    en: "This account is protected by a second factor. Go on with the second step.",
    zh: "该账户已启用第二重验证，请完成第二步验证。",
  },
  "wire.second_step_policy": {
    en: "A second factor is asked for. Go on with the second step.",
    zh: "登录需要第二重验证，请完成第二步验证。",
  },
  "wire.second_step_pages": {
    en: "The second step of this account works on the portal’s own pages, at {address}.",
    zh: "该账户的第二步验证需在门户页面（{address}）完成。",
  },
  "wire.mfa_token_over": {
    en: "This login has ended, or it was started elsewhere. Log in again.",
    zh: "本次登录已失效，或并非在此处发起。请重新登录。",
  },
  "wire.not_signed_in": { en: "You are not logged in. Log in again.", zh: "您尚未登录。请重新登录。" },
  "wire.proof_needed": {
    en: "This needs a login that is at most ten minutes old. Log in again, then repeat it.",
    zh: "此操作要求您在最近十分钟内登录过。请重新登录后再试。",
  },
  "wire.factor_owed": {
    en: "A second factor is asked for that this account does not have yet. Log in again to set it up.",
    zh: "该账户尚未设置所要求的第二重验证。请重新登录以完成设置。",
  },
  "wire.binds_nothing": {
    en: "No factor can be set up in this login. Answer with one that the account has.",
    zh: "本次登录无法绑定新的验证方式：请使用账户已有的验证方式。",
  },
  "wire.password_set": { en: "The new password is set. Log in with it.", zh: "新密码已设置，请用它登录。" },
  "wire.code_missing": {
    en: "Send the six digits of the app as totp.",
    zh: "缺少验证码，请在 totp 中填写应用显示的六位数字。",
  },
  "wire.recovery_missing": { en: "Send a recovery code as recoveryCode.", zh: "缺少恢复代码，请填写 recoveryCode。" },
  "wire.unknown_app": {
    en: "This app id is not registered here. Ask whoever runs this portal.",
    zh: "此应用 ID 未在此处注册。请联系此门户的管理员。",
  },
  "wire.foreign_origin": {
    en: "This web page may not call for this app. Ask whoever runs this portal to add its origin.",
    zh: "此网页无权以该应用的名义发起调用。请联系此门户的管理员添加此网页的来源。",
  },
  "wire.malformed": { en: "The request cannot be read: check its fields.", zh: "无法解析请求：请检查其字段。" },
  "wire.not_json": { en: "Send JSON, as application/json.", zh: "请以 application/json 发送 JSON。" },
  "wire.no_such_path": { en: "There is nothing at this address.", zh: "此地址不存在。" },
  "wire.wrong_method": { en: "This address takes another method.", zh: "此地址不支持该请求方法。" },
  "wire.not_offered": { en: "This portal does not offer that.", zh: "此门户不提供该功能。" },
  "wire.no_code_login": {
    en: "There is no login by code alone here. Log in with your password; a code can be the second step.",
    zh: "此处不支持仅凭验证码登录。请使用密码登录，验证码可用于第二步验证。",
  },
  "wire.rsa_off": {
    en: 'Passwords are not encrypted on top of TLS here. Set two options of the SDK: publicKey: "unused" and encryptFunction: async (password) => password.',
    zh: '此处不在 TLS 之上另行加密密码。请设置 SDK 的两个选项：publicKey: "unused" 和 encryptFunction: async (password) => password。',
  },
  "wire.house_down": {
    en: "The portal cannot answer right now. Try again in a moment.",
    zh: "门户暂时无法处理。请稍后再试。",
  },
  "wire.fault": { en: "Something went wrong on our side. Try again.", zh: "我们这边出了点问题。请再试一次。" },
} as const satisfies Words;
