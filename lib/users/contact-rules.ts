import { z } from "zod";
import { DomainError } from "@/lib/kernel/errors";
import { normaliseIdentifier } from "@/lib/kernel/identifier";

const email = z
  .string()
  .max(254)
  .regex(/^[^\s@,;:<>()"\\[\]\p{C}]+@[^\s@,;:<>()"\\[\]\p{C}]+\.[^\s@,;:<>()"\\[\]\p{C}]+$/u);
const username = z.string().regex(/^[a-z][a-z0-9._-]{1,31}$/);

/** The stored form of an e-mail address: NFKC, lower case, one `@`, nothing quoted. Throws `setup.bad_email`. */
export function readEmail(typed: string): string {
  const parsed = email.safeParse(normaliseIdentifier(typed));
  if (!parsed.success) throw new DomainError("setup.bad_email", { field: "email" });
  return parsed.data;
}

/** The stored form of a user name; it begins with a letter and has no `@`, so that it is never taken for an e-mail or phone. Throws `setup.bad_username`. */
export function readUsername(typed: string): string {
  const parsed = username.safeParse(normaliseIdentifier(typed));
  if (!parsed.success) throw new DomainError("setup.bad_username", { field: "username" });
  return parsed.data;
}
