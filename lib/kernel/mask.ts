import { showEmail } from "@/lib/kernel/email-address";

/** `ada@example.test` → `a•••@example.test`: enough to recognise one's own address, too little to learn it. Takes its stored form, shows its domain in Unicode. */
export const maskEmail = (email: string): string => maskSpelling(showEmail(email));

/** The same, and the domain as it is spelled here. */
export function maskSpelling(email: string): string {
  const at = email.lastIndexOf("@");
  if (at < 1) return "•••";
  return `${Array.from(email)[0] ?? ""}•••${email.slice(at)}`;
}
