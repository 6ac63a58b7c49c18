import * as z from "zod";
import { circumstances, sentence } from "@/lib/letters/draft";
import { notice, sampleLink, sampleWhat, what } from "@/lib/notices/notice";
import { wayOut } from "@/lib/notices/way-out";

/** A browser that was not known is logged in. */
export const deviceNew = notice({
  kind: "device.new",
  reaches: { to: "account", link: "device.new" },
  shape: z.strictObject({ ...what, link: z.string() }),
  sample: { ...sampleWhat, link: sampleLink },
  words: {
    "letters.device_new_title": { en: "A new device logged in to your account", zh: "新设备登录了您的账户" },
    "letters.device_new": {
      en: "Somebody logged in on a browser that your account does not know, or no longer knows after a change of its password or factors. If it was you, all is well.",
      zh: "有人在一个您的账户不认识的浏览器上登录（更改密码或验证方式后，以前用过的浏览器也会变为不认识）。如果是您本人，则一切正常。",
    },
    "letters.device_new_short": {
      en: "{brand}: a new device logged in to your account. Not you? Log in and change your password at once.",
      zh: "{brand}：新设备登录了您的账户。非本人操作请立即登录并更改密码。",
    },
  },
  text: (facts, desk) => {
    const { own, brand } = desk;
    return {
      subject: own("letters.device_new_title"),
      pieces: [sentence(own("letters.device_new")), circumstances(facts, desk), ...wayOut(facts.link, desk)],
      short: own("letters.device_new_short", { brand }),
    };
  },
});
