import type { Words } from "@/lib/messages/words-shape";

export const factorMessages = {
  "factors.malformed": {
    en: "Something in this form is not as expected. Please check it and try again.",
    zh: "表单内容有误。请检查后重试。",
  },
  "factors.gone": {
    en: "This way of confirming is no longer there. Please look at your list again.",
    zh: "此验证方式已不存在。请重新查看列表。",
  },
  "factors.last_one": {
    en: "Your organisation asks for a second factor, and this is your last one. Add another one first, or replace this one.",
    zh: "您的组织要求使用第二重验证，而这是最后一个。请先添加另一个，或者替换它。",
  },
  "factors.too_many": {
    en: "You have {count, plural, one {# authenticator app} other {# authenticator apps}} already. Remove one before you add another.",
    zh: "您已有 {count} 个身份验证器应用。请先移除一个，再添加新的。",
  },
  "factors.enrolment_gone": {
    en: "This set-up has expired or was begun again in another window. Please start once more; nothing has changed so far.",
    zh: "此设置已过期，或已在其他窗口重新开始。请重新开始；目前没有任何更改。",
  },
  "factors.label_malformed": { en: "Give it a name of 1 to 64 characters.", zh: "请输入 1 到 64 个字符的名称。" },
} as const satisfies Words;
