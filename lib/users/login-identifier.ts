import { config } from "@/lib/config/config";
import { readEmailAddress } from "@/lib/kernel/email-address";
import { normaliseIdentifier } from "@/lib/kernel/identifier";
import { phoneForm } from "@/lib/users/phone-number";

/**
 * The one form of a login name, for the look-up and for its counter: an e-mail address in its stored form, a phone number in E.164, read in the
 * configured region where it has no country code, a user name as `normaliseIdentifier` writes it. So every spelling is one person and one counter.
 * User names begin with a letter and e-mail addresses have an @: neither is taken for a number.
 */
export const loginIdentifier = (typed: string): string =>
  readEmailAddress(typed) ?? phoneForm(typed, config().phones.region) ?? normaliseIdentifier(typed);
