import { domainToASCII } from "node:url";
import { z } from "zod";
import { config } from "@/lib/config/config";
import { DomainError } from "@/lib/kernel/errors";
import { normaliseIdentifier } from "@/lib/kernel/identifier";
import { readLoginPhone } from "@/lib/users/phone-number";

const email = z
  .string()
  .max(254)
  .regex(/^[^\s@,;:<>()"\\[\]\p{C}]+@[^\s@,;:<>()"\\[\]\p{C}]+\.[^\s@.,;:<>()"\\[\]\p{C}]+$/u);
const username = z.string().regex(/^[a-z][a-z0-9._-]{1,31}$/);

/** The stored form of an e-mail address: NFKC, lower case, one `@`, nothing quoted. Throws `setup.bad_email`. */
export function readEmail(typed: string): string {
  const parsed = email.safeParse(normaliseIdentifier(typed));
  if (!parsed.success) throw new DomainError("setup.bad_email", { field: "email" });
  return parsed.data;
}

/**
 * The form in which codes are sent to an address, or null when it is none: NFKC, lower case, a local part of plain characters and a domain
 * name in ASCII (IDNA), at most 254 characters in all. No quotes, comments, lists or line breaks can get through (ASVS 5.0, 1.3.11).
 */
export function readMailbox(typed: string): string | null {
  const parsed = email.safeParse(normaliseIdentifier(typed.slice(0, 321)));
  const [local = "", host = ""] = parsed.success ? parsed.data.split("@") : [];
  const domain = domainToASCII(host);
  const isPlain = /^[a-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*$/.test(local) && local.length <= 64;
  const isDomain = /^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]*[a-z0-9]$/.test(domain);
  return isPlain && isDomain && local.length + domain.length < 254 ? `${local}@${domain}` : null;
}

/** The stored form of a user name; it begins with a letter and has no `@`, so that it is never taken for an e-mail or phone. Throws `setup.bad_username`. */
export function readUsername(typed: string): string {
  const parsed = username.safeParse(normaliseIdentifier(typed));
  if (!parsed.success) throw new DomainError("setup.bad_username", { field: "username" });
  return parsed.data;
}

/** The stored form of a phone number to log in with: E.164. Without a country code it is read in the configured region. Throws `account.bad_phone`. */
export function readAccountPhone(typed: string): string {
  const number = readLoginPhone(typed, config().phones.region);
  if (number === null) throw new DomainError("account.bad_phone", { field: "phone" });
  return number;
}
