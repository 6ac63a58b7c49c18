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
  "factors.not_offered": {
    en: "This way cannot be set up at present. Choose another one.",
    zh: "目前无法设置此方式。请选择其他方式。",
  },
  "factors.not_bindable": {
    en: "This one cannot be set up here. Choose another way.",
    zh: "此方式无法在这里设置。请选择其他方式。",
  },
  "factors.last_one": {
    en: "Your organisation asks for a second factor, and this is your last one. Add another one first, or replace this one.",
    zh: "您的组织要求使用第二重验证，而这是您的最后一种验证方式。请先添加另一种，或者替换它。",
  },
  "factors.needed": {
    en: "Your organisation asks for {count, plural, one {# second factor} other {# second factors}}, and without this one you would have too few. Add another one first, or replace this one.",
    zh: "您的组织要求 {count} 种第二重验证方式，移除此项后将不足。请先添加另一种，或者替换它。",
  },
  "factors.too_many": {
    en: "You have {count} of this kind already. Remove one before you add another.",
    zh: "此类验证方式您已有 {count} 个。请先移除一个，再添加新的。",
  },
  "factors.enrolment_gone": {
    en: "This set-up is over: it was finished, expired, or was tried too often. If nothing new stands in your list, please start once more.",
    zh: "此设置已结束：可能已完成、已过期或尝试次数过多。如果列表中没有新增的验证方式，请重新开始。",
  },
  "factors.replaced_elsewhere": {
    en: "This set-up was replaced in another tab, so what it shows here counts no longer. Nothing was lost: go on with the newest one.",
    zh: "另一个标签页中已开始新的设置，这里显示的内容不再有效。没有丢失任何内容，请在最新的设置中继续。",
  },
  "factors.one_left": {
    en: "One try is left; after that the set-up has to begin again.",
    zh: "还可以再试一次；之后需要重新开始设置。",
  },
  "factors.newest_link": { en: "Show the newest one", zh: "显示最新的设置" },
  "factors.anew_link": { en: "Start once more", zh: "重新开始" },
  "factors.label_malformed": { en: "Give it a name of 1 to 64 characters.", zh: "请输入 1 到 64 个字符的名称。" },
} as const satisfies Words;
