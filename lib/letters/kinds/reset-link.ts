import * as z from "zod";
import { circumstances, sentence } from "@/lib/letters/draft";
import { codeFacts, sampleCode } from "@/lib/letters/kinds/code";
import { letterKind } from "@/lib/letters/letter-kind";

const asked = { at: z.iso.datetime(), ip: z.string(), agent: z.string() };
const sampleAsked = { at: "2030-01-07T09:00:00.000Z", ip: "203.0.113.7", agent: "Mozilla/5.0 Firefox/147.0" };

/** Somebody asked for a new password: the link to choose one, and who asked. */
export const resetLink = letterKind({
  kind: "reset.link",
  shape: z.strictObject({ ...asked, link: z.string(), minutes: z.number() }),
  sample: {
    ...sampleAsked,
    link: "http://localhost:3000/reset-password/rst_0123456789abcdefghijklmnopqrstuvwxyzABCDEFG",
    minutes: 30,
  },
  words: {
    "letters.reset_link_title": { en: "Choose a new password", zh: "设置新密码" },
    "letters.reset_asked": {
      en: "Somebody asked for a new password for your account. If it was you, press the button. It opens a page, and nothing changes before you confirm it there. The link works for {minutes} minutes, and once.",
      zh: "有人为您的账户申请了新密码。如果是您本人，请点击按钮，打开页面。在您确认之前不会有任何改动。链接 {minutes} 分钟内有效，只能使用一次。",
    },
    "letters.reset_link_button": { en: "Choose a new password", zh: "设置新密码" },
    "letters.reset_link_warning": {
      en: "If it was not you, there is nothing that you need to do: your password stays as it is. Give this letter and its link to nobody.",
      zh: "如果不是您本人，您无需做任何事：密码不会改变。请勿将此邮件及其链接交给任何人。",
    },
    "letters.reset_link_short": {
      en: "{brand}: look into your mailbox to choose a new password.",
      zh: "{brand}：请查看邮箱以设置新密码。",
    },
  },
  text: (facts, desk) => {
    const { own, brand } = desk;
    const { link, minutes } = facts;
    return {
      subject: own("letters.reset_link_title"),
      pieces: [
        sentence(own("letters.reset_asked", { minutes })),
        { kind: "button", label: own("letters.reset_link_button"), href: link },
        circumstances(facts, desk),
        sentence(own("letters.reset_link_warning")),
      ],
      short: own("letters.reset_link_short", { brand }),
    };
  },
});

/** The same through an app: the code that its page asks for. */
export const resetCode = letterKind({
  kind: "reset.code",
  shape: z.strictObject({ ...asked, ...codeFacts }),
  sample: { ...sampleAsked, ...sampleCode },
  words: {
    "letters.reset_code_title": { en: "Your code for a new password", zh: "您的设置新密码验证码" },
    "letters.reset_code": {
      en: "Somebody asked for a new password for your account at {brand}. If it was you, type this code on the page that asks for it. It works once, for {minutes} minutes.",
      zh: "有人为您在 {brand} 的账户申请了新密码。如果是您本人，请在要求输入验证码的页面输入此验证码。它只能使用一次，{minutes} 分钟内有效。",
    },
    "letters.reset_code_warning": {
      en: "If it was not you, there is nothing that you need to do: your password stays as it is. Give this code to nobody.",
      zh: "如果不是您本人，您无需做任何事：密码不会改变。请勿将此验证码告诉任何人。",
    },
    "letters.reset_code_short": {
      en: "{brand}: {code} is your code for a new password. Give it to nobody.",
      zh: "{brand}：设置新密码的验证码 {code}，勿告他人。",
    },
  },
  text: (facts, desk) => {
    const { own, brand } = desk;
    const { code, minutes } = facts;
    return {
      subject: own("letters.reset_code_title"),
      pieces: [
        sentence(own("letters.reset_code", { brand, minutes })),
        { kind: "code", code },
        circumstances(facts, desk),
        sentence(own("letters.reset_code_warning")),
      ],
      short: own("letters.reset_code_short", { brand, code }),
    };
  },
});

/** The same for somebody whose mailbox is not enough, and who has nothing else that counts: whoever runs the portal decides. */
export const resetByOperator = letterKind({
  kind: "reset.operator",
  shape: z.strictObject(asked),
  sample: sampleAsked,
  words: {
    "letters.reset_operator_title": { en: "You asked for a new password", zh: "您申请了新密码" },
    "letters.reset_operator": {
      en: "Somebody asked for a new password for your account. A letter alone must not be enough to choose one for it, and the account has no second factor that could stand beside this letter. If it was you, ask whoever runs {brand} for a link, by a way that you trust.",
      zh: "有人为您的账户申请了新密码。仅凭一封邮件不足以为此账户设置新密码，而且账户没有可与此邮件配合使用的第二重验证方式。如果是您本人，请通过可信的方式向 {brand} 的管理员索要链接。",
    },
    "letters.reset_operator_warning": {
      en: "If it was not you, there is nothing that you need to do: your password stays as it is.",
      zh: "如果不是您本人，您无需做任何事：密码不会改变。",
    },
    "letters.reset_operator_short": {
      en: "{brand}: ask whoever runs it for a link to a new password.",
      zh: "{brand}：请向管理员索要设置新密码的链接。",
    },
  },
  text: (facts, desk) => {
    const { own, brand } = desk;
    return {
      subject: own("letters.reset_operator_title"),
      pieces: [
        sentence(own("letters.reset_operator", { brand })),
        circumstances(facts, desk),
        sentence(own("letters.reset_operator_warning")),
      ],
      short: own("letters.reset_operator_short", { brand }),
    };
  },
});
