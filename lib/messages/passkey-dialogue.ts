import type { Words } from "@/lib/messages/words-shape";

/** Said of the browser's dialogue, in the browser: a leaf of its own, so that no other words travel with it. */
export const dialogueMessages = {
  "passkey.waiting_label": { en: "Your browser is asking you", zh: "请按浏览器提示操作" },
  "passkey.unsupported": {
    en: "This browser cannot do that with passkeys here. Choose another way, or try another browser.",
    zh: "此浏览器无法在这里完成通行密钥操作。请选择其他方式，或换一个浏览器。",
  },
  "passkey.cancelled": {
    en: "Nothing was confirmed. Try again when you are ready, or choose another way.",
    zh: "未完成验证。准备好后请重试，或选择其他方式。",
  },
  "passkey.cancelled_alone": {
    en: "Nothing was confirmed. Try again when you are ready, or log in with your password: a key or device without a PIN or screen lock serves after it, as second step.",
    zh: "未完成验证。准备好后请重试，或使用密码登录：没有 PIN 码或屏幕锁的密钥或设备，可在输入密码后用于第二步验证。",
  },
  "passkey.timed_out": {
    en: "That took too long, so your browser has stopped asking. Try again, or choose another way.",
    zh: "等待时间过长，浏览器已停止询问。请重试，或选择其他方式。",
  },
} as const satisfies Words;
