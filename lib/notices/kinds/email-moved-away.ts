import * as z from "zod";
import { circumstances, sentence } from "@/lib/letters/draft";
import { notice, sampleWhat, what } from "@/lib/notices/notice";

/** To the mailbox that was the login e-mail until now: the one letter with the way back. The new address stays untold; this mailbox may be why it was changed. */
export const emailMovedAway = notice({
  kind: "email.moved_away",
  reaches: { to: "former address" },
  shape: z.strictObject({ ...what, link: z.string() }),
  sample: {
    ...sampleWhat,
    link: "http://localhost:3000/revert/rvt_0123456789abcdefghijklmnopqrstuvwxyzABCDEFG",
  },
  words: {
    "letters.email_moved_away_title": { en: "This is no longer your login email", zh: "此邮箱不再是您的登录邮箱" },
    "letters.email_moved_away": {
      en: "Your account has another login email from now on. If you changed it yourself, there is nothing to do.",
      zh: "您的账户今后使用另一个登录邮箱。如果是您本人更改的，您无需做任何事。",
    },
    "letters.email_moved_away_warning": {
      en: "If it was not you, press the button. It opens a page that tells what it will do, and nothing happens before you confirm it there. The link works for three days.",
      zh: "如果不是您本人操作，请点击按钮，打开说明页面。在您确认之前，不会有任何改动。链接三天内有效。",
    },
    "letters.email_moved_away_short": {
      en: "{brand}: your account has another login email. Not you? Open the letter in this mailbox.",
      zh: "{brand}：您账户的登录邮箱已更改。非本人操作请打开此邮箱中的邮件。",
    },
    "letters.take_back_button": { en: "Take the change back", zh: "撤销更改" },
  },
  text: (facts, desk) => {
    const { own, brand } = desk;
    return {
      subject: own("letters.email_moved_away_title"),
      pieces: [
        sentence(own("letters.email_moved_away")),
        circumstances(facts, desk),
        sentence(own("letters.email_moved_away_warning")),
        { kind: "button", label: own("letters.take_back_button"), href: facts.link },
      ],
      short: own("letters.email_moved_away_short", { brand }),
    };
  },
});
