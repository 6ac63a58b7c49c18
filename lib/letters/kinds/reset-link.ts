import * as z from "zod";
import { circumstances, sentence } from "@/lib/letters/draft";
import { askedFacts, sampleAsked } from "@/lib/letters/kinds/reset-asked";
import { letterKind } from "@/lib/letters/letter-kind";

/** Somebody asked for a new password: the link to choose one, and who asked. */
export const resetLink = letterKind({
  kind: "reset.link",
  shape: z.strictObject({ ...askedFacts, link: z.string(), minutes: z.number() }),
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
