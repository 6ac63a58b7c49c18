/** What stands in the page, in Simplified Chinese. */
const chinese = {
  logIn: "登录",
  name: "邮箱、用户名或手机号",
  password: "密码",
  leave: "退出登录",
  confirm: "确认是您本人",
  app: "身份验证器应用中的验证码",
  sms: "短信验证码",
  mail: "邮件验证码",
  recovery: "恢复代码",
  send: "发送验证码",
  code: "验证码",
  verify: "验证",
  setUp: "设置第二重验证",
  scan: "请用身份验证器应用扫描此图片，或输入下方的密钥。",
  keep: "请妥善保存此恢复代码。第二重验证方式丢失时可用它登录。",
  inside: "您已登录",
  fresh: "该恢复代码已使用。请改为保存这一个：",
};

export const isChinese = navigator.language.startsWith("zh");
export const lost = isChinese ? "门户没有响应。请稍后再试。" : "The portal does not answer. Try again in a moment.";
export const sent = isChinese ? "验证码正在发送。" : "A code is on its way.";

export function translate() {
  if (!isChinese) return;
  document.documentElement.lang = "zh-Hans";
  for (const element of document.querySelectorAll("[data-word]")) element.textContent = chinese[element.dataset.word];
}
