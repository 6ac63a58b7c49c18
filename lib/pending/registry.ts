import type * as z from "zod";
import { changeEmailKind } from "@/lib/pending/kinds/change-email";
import { changePhoneKind } from "@/lib/pending/kinds/change-phone";
import { deleteAccountKind } from "@/lib/pending/kinds/delete-account";
import { downloadDataKind } from "@/lib/pending/kinds/download-data";
import { removeContactKind } from "@/lib/pending/kinds/remove-contact";
import { removeFactorKind } from "@/lib/pending/kinds/remove-factor";
import { setPasswordKind } from "@/lib/pending/kinds/set-password";
import type { PendingKind } from "@/lib/pending/pending-kind";

/** Every kind of change that waits. */
export const pendingKinds = {
  "factor.remove": removeFactorKind,
  "email.change": changeEmailKind,
  "contact.change": changePhoneKind,
  "contact.remove": removeContactKind,
  "data.download": downloadDataKind,
  "account.delete": deleteAccountKind,
  "password.set": setPasswordKind,
} as const satisfies Readonly<Record<string, PendingKind>>;

/** The word of such a kind. */
export type PendingName = keyof typeof pendingKinds;

/** What has to be known to ask for it. */
export type DataOf<N extends PendingName> = z.input<(typeof pendingKinds)[N]["shape"]>;

/** The kind of a stored word; null for one that this version does not know: its rows wait for the portal that does. */
export const kindOf = (name: string): PendingKind | null => (isPendingName(name) ? pendingKinds[name] : null);

const isPendingName = (name: string): name is PendingName => Object.hasOwn(pendingKinds, name);
