import * as z from "zod";
import { setPasswordAfterWait } from "@/lib/account/set-password-after-wait";
import { isLanguage } from "@/lib/messages/choose-language";
import { pendingKind } from "@/lib/pending/pending-kind";

/** A new password without the current one. It always waits: a thief before an unlocked laptop must not choose one while its owner is away. */
export const setPasswordKind = pendingKind({
  name: "password.set",
  shape: z.strictObject({ phc: z.string().min(1) }),
  waits: null,
  mayBeAtOnce: false,
  detail: async () => "",
  whyNot: async (_, { passwordChangedAt, askedAt }) =>
    passwordChangedAt !== null && passwordChangedAt > askedAt ? "pending.password_moved" : null,
  effect: async (tx, { id: userId, language, credentialVersion }, { phc }) => {
    const reader = isLanguage(language) ? { ...tx, language } : tx;
    await setPasswordAfterWait(reader, { userId, phc, from: credentialVersion });
    return null;
  },
});
