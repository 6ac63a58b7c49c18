import type { MailMessage, Outcome } from "@/lib/delivery/channel";

/** Marks a mail as written by a machine, so that holiday replies stay away (RFC 3834, 5). */
export const machineHeaders = { "Auto-Submitted": "auto-generated" } as const;

/** One bare address and nothing that a header, a list or a quoted name could be made of (RFC 5322, 3.4). */
const bareAddress = /^[^\s@,;:<>()"\\[\]\p{C}]{1,64}@[^\s@,;:<>()"\\[\]\p{C}]{1,255}$/u;

/** The refusal for an address that is none: no provider gets to interpret it. */
export function oddAddress({ to }: Pick<MailMessage, "to">): Outcome | null {
  return bareAddress.test(to) ? null : { kind: "never", reason: "The address is not a plain email address." };
}

/** A subject is one line: whatever would end it becomes a space. */
export const oneLine = (subject: string): string => subject.replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, " ").trim();
