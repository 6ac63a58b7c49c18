import * as z from "zod";
import { circumstances, lookButton, sentence } from "@/lib/letters/draft";
import { everyAddress, notice, sampleWhat, what } from "@/lib/notices/notice";

/** What a trusted browser keeps came from two places: one of them is a copy. Both are strangers from now on. */
export const deviceCopied = notice({
  kind: "device.copied",
  reaches: everyAddress,
  shape: z.strictObject(what),
  sample: sampleWhat,
  words: {
    "letters.device_copied_title": {
      en: "A trusted browser of yours was copied",
      zh: "您的一个受信任浏览器已被复制",
    },
    "letters.device_copied": {
      en: "Your password was typed in a browser that claims to be one that you trust, with something that had been replaced since. So two browsers use what only one should have. Neither is trusted any more, and what was logged in there is logged out.",
      zh: "有人在一个声称是您受信任浏览器的浏览器中输入了您的密码，但其凭据早已更换。这说明有两个浏览器在使用本应唯一的凭据。两者均不再受信任，从那里的登录也已退出。",
    },
    "letters.device_copied_next": {
      en: "Log in and change your password, and look at that computer: somebody had it in their hands, or a copy of what its browser keeps. Only if you have just put an old backup of that computer back is there nothing to fear.",
      zh: "请登录并更改密码，并检查那台电脑：可能有人接触过它，或复制了其浏览器中保存的数据。只有在您刚刚还原过那台电脑的旧备份时，才无需担心。",
    },
    "letters.device_copied_short": {
      en: "{brand}: a trusted browser of yours was copied. It is not trusted any more. Change your password.",
      zh: "{brand}：您的一个受信任浏览器已被复制，现已不再受信任。请更改密码。",
    },
  },
  text: (facts, desk) => {
    const { own, brand } = desk;
    return {
      subject: own("letters.device_copied_title"),
      pieces: [
        sentence(own("letters.device_copied")),
        circumstances(facts, desk),
        sentence(own("letters.device_copied_next")),
        lookButton(desk),
      ],
      short: own("letters.device_copied_short", { brand }),
    };
  },
});
