import { setLoginPhone } from "@/lib/account/contacts/login-phone";
import { changeLoginEmail } from "@/lib/account/contacts/move-login-email";
import { addNoticeAddress } from "@/lib/account/contacts/notice-address";
import type { Ctx } from "@/lib/context/context";
import type { ProofPurpose } from "@/lib/policy/contact-proofs";
import type { Actor, Kept } from "@/lib/sessions/acting-session";
import { noteConfirmedEmail } from "@/lib/users/contacts/note-confirmed-email";

/** What is left of the sessions where the stamp rose; null: none ended. */
export type Changed = { readonly kept: Kept | null };

/** Whose address is proven. */
export type Right = { readonly actor: Actor; readonly address: string };

/** What follows when an address is proven, in the transaction that spends the proof. */
export const proven: Readonly<Record<ProofPurpose, (tx: Ctx, right: Right) => Promise<Changed>>> = {
  login: async (tx, { actor, address: email }) => ({
    kept: await changeLoginEmail(tx, { userId: actor.userId, email, actor }),
  }),
  further: async (tx, { actor, address }) => {
    await addNoticeAddress(tx, { actor, address });
    return { kept: null };
  },
  confirm: async (tx, { actor: { userId }, address: email }) => {
    await noteConfirmedEmail(tx, { userId, email, by: "code" });
    return { kept: null };
  },
  phone: async (tx, { actor: { userId }, address: phone }) => {
    await setLoginPhone(tx, { userId, phone });
    return { kept: null };
  },
};
