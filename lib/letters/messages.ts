import type { Words } from "@/lib/messages/words-shape";

/** The words that several kinds of letters share; each kind has its own beside its text. Those of text messages end in `_short`: English fits one message of 160 GSM characters, Chinese two of 67,
 * and a code with a host of up to 12 characters one of 70. */
export const letterMessages = {
  "letters.when_label": { en: "When", zh: "时间" },
  "letters.moment_label": { en: "{at, date, medium} UTC", zh: "{at, date, medium} UTC" },
  "letters.address_label": { en: "IP address", zh: "IP 地址" },
  "letters.device_label": { en: "Device", zh: "设备" },
  "letters.device_name": { en: "{browser} on {system}", zh: "{system} 上的 {browser}" },
  "letters.some_browser_name": { en: "a browser", zh: "浏览器" },
  "letters.some_system_name": { en: "an unknown system", zh: "未知系统" },
  "letters.unknown_device_name": { en: "unknown", zh: "未知" },
  "letters.unknown_browser_name": { en: "Unknown browser", zh: "未知浏览器" },
  "letters.command_line_name": { en: "the administrator’s command line", zh: "管理员命令行" },
  "letters.factor_label": { en: "Factor", zh: "验证方式" },
  "letters.some_factor_name": { en: "Second factor", zh: "第二重验证" },
  "letters.label_label": { en: "Name", zh: "名称" },
  "letters.look_button": { en: "Look at your account", zh: "查看您的账户" },
  "letters.not_me_button": { en: "This was not me", zh: "这不是我本人" },
  "letters.why": {
    en: "You get this letter because this address belongs to an account at {brand}, or did within the last seven days. It asks for nothing by itself: opening it or its links changes nothing.",
    zh: "您收到此邮件，是因为此邮箱属于（或最近七天内曾属于）{brand} 的一个账户。邮件本身不要求您做任何事：打开邮件或其中的链接，都不会有任何改动。",
  },
  "letters.why_stranger": {
    en: "Somebody typed this address at {brand}. If it was not you, there is nothing that you need to do.",
    zh: "有人在 {brand} 输入了此邮箱。如果不是您本人，您无需做任何事。",
  },
  "letters.support": { en: "Questions? Write to {support}.", zh: "有疑问？请联系 {support}。" },
  "letters.not_you": {
    en: "If this was not you, log in, change your password and remove what you do not know. If you cannot log in, choose “Forgot your password?” on the login page, or ask whoever runs {brand}, at once.",
    zh: "如果不是您本人操作，请登录并更改密码，移除您不认识的验证方式。如果无法登录，请立即在登录页选择“忘记密码？”，或联系 {brand} 的管理员。",
  },
  "letters.not_you_alarm": {
    en: "If this was not you, press the button. It opens a page that tells what it will do, and nothing happens before you confirm it there. The link works for three days.",
    zh: "如果不是您本人，请点击按钮，打开说明页面。在您确认之前，不会有任何改动。链接三天内有效。",
  },
} as const satisfies Words;
