import { withPlainDigits } from "@/lib/kernel/typed-code";
import { asDialled } from "@/lib/users/phone-number";

/** A number with its country code, where the client sends the two apart; a number that has its own keeps it. */
export function fullNumber(phone: string, countryCode: string | undefined): string {
  const code = withPlainDigits(countryCode ?? "").replace(/[^0-9]/g, "");
  const number = asDialled(phone);
  return code === "" || /^(?:\+|00)/.test(number) ? phone : `+${code} ${number}`;
}
