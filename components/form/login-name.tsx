/**
 * For whom a password is chosen, for password managers: without a field of the user name they store none, or under a wrong one (HTML, autofill;
 * Chromium's "password form styles"). Nobody sees it and no action reads it.
 */
export function LoginName({ name }: { readonly name: string }) {
  return <input type="text" name="username" value={name} autoComplete="username" readOnly hidden />;
}
