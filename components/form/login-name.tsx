import { showEmail } from "@/lib/kernel/email-address";

/**
 * For whom a password is typed or chosen, for password managers: without a field of the user name they store none, or under a wrong one, and of
 * several accounts they cannot tell which one's to fill in (HTML, autofill;
 * Chromium's "password form styles"). Nobody sees it, and without a name it is not sent: an answer is read strictly. It is
 * written as its owner writes it, the same on every page: two spellings would be two entries.
 */
export function LoginName({ email }: { readonly email: string }) {
  return <input type="text" value={showEmail(email)} autoComplete="username" readOnly hidden />;
}
