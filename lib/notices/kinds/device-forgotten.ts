import * as z from "zod";
import { circumstances, lookButton, sentence } from "@/lib/letters/draft";
import { everyMailbox, notice, sampleWhat, what } from "@/lib/notices/notice";

/** Ten wrong tries on a device that was known: it counts as a strange one from now on. */
export const deviceForgotten = notice({
  kind: "device.forgotten",
  reaches: everyMailbox,
  shape: z.strictObject(what),
  sample: sampleWhat,
  words: {
    "letters.device_forgotten_title": {
      en: "Too many wrong tries on a device of yours",
      zh: "您的一台设备上尝试次数过多",
    },
    "letters.device_forgotten": {
      en: "Wrong passwords or codes were typed ten times on a device that you have logged in with before. They were all refused, and the device now counts as an unknown one.",
      zh: "有人在您曾登录过的设备上输错了十次密码或验证码。所有尝试均被拒绝，该设备现在视为未知设备。",
    },
    "letters.device_forgotten_next": {
      en: "If that was you, there is nothing to do: it is known again after your next login. If not, somebody had it in their hands, or a copy of what its browser keeps.",
      zh: "如果是您本人，无需处理：下次登录后该设备会重新成为已知设备。如果不是，说明有人接触过该设备，或复制了其浏览器中保存的数据。",
    },
    "letters.device_forgotten_short": {
      en: "{brand}: ten wrong tries on a device of yours. They were refused.",
      zh: "{brand}：您的一台设备上有十次错误尝试，均已被拒绝。",
    },
  },
  text: (facts, desk) => {
    const { own, brand } = desk;
    return {
      subject: own("letters.device_forgotten_title"),
      pieces: [
        sentence(own("letters.device_forgotten")),
        circumstances(facts, desk),
        sentence(own("letters.device_forgotten_next")),
        lookButton(desk),
      ],
      short: own("letters.device_forgotten_short", { brand }),
    };
  },
});
