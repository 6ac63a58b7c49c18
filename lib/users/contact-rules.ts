import * as z from "zod";
import { config } from "@/lib/config/config";
import { readEmailAddress } from "@/lib/kernel/email-address";
import { DomainError } from "@/lib/kernel/errors";
import { normaliseIdentifier } from "@/lib/kernel/identifier";
import { readLoginPhone } from "@/lib/users/phone-number";

const username = z.string().regex(/^[a-z][a-z0-9._-]{1,31}$/);

/** The stored form of an e-mail address (`readEmailAddress`). Throws `setup.bad_email` for what no letter can reach. */
export function readEmail(typed: string): string {
  const address = readEmailAddress(typed);
  if (address === null) {
    const slip = normaliseIdentifier(typed).includes("@") ? "another" : "no_at";
    throw new DomainError("setup.bad_email", { field: "email", params: { slip } });
  }
  return address;
}

/**
 * The stored form of an address that codes are sent to, or null. Only ASCII stands before its @: few servers take other letters (RFC 6531), and a
 * code must not get stuck on its way. No quotes, comments, lists or line breaks can get through (ASVS 5.0, 1.3.11).
 */
export function readMailbox(typed: string): string | null {
  const address = readEmailAddress(typed);
  return address !== null && /^\p{ASCII}+$/u.test(address) ? address : null;
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
