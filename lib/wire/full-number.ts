/** A number with its country code, where the client sends the two apart; a number that has its own keeps it. */
export function fullNumber(phone: string, countryCode: string | undefined): string {
  const code = (countryCode ?? "").replace(/[^0-9]/g, "");
  return code === "" || phone.trim().startsWith("+") ? phone : `+${code} ${phone}`;
}
