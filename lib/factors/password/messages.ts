import type { Words } from "@/lib/messages/words-shape";

export const passwordProofMessages = {
  "password_proof.kind_name": { en: "Password", zh: "密码" },
  "password_proof.malformed": { en: "Type your password.", zh: "请输入密码。" },
  "password_proof.wrong": { en: "That password is not right. Please type it again.", zh: "密码不正确。请重新输入。" },
} as const satisfies Words;
