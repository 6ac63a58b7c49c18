import { config } from "@/lib/config/config";
import { normaliseIdentifier } from "@/lib/kernel/identifier";
import { phoneForm } from "@/lib/users/phone-number";

/**
 * The one form of a login name, for the look-up and for its counter: an e-mail or user name as `normaliseIdentifier` writes it, a phone number
 * in E.164, read in the configured region where it has no country code. So every spelling is one person and one counter. User names begin with
 * a letter and e-mail addresses have an @: neither is taken for a number.
 */
export function loginIdentifier(typed: string): string {
  const name = normaliseIdentifier(typed);
  return phoneForm(name, config().phones.region) ?? name;
}
