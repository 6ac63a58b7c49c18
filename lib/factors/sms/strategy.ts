import { config } from "@/lib/config/config";
import { sentCode } from "@/lib/factors/sent-code/strategy";
import { smsNumbers } from "@/lib/factors/sms/numbers";
import { homeCode, servedCodes, servedCountries } from "@/lib/factors/sms/served";
import { listActiveOfKind } from "@/lib/factors/store";
import { isUsable } from "@/lib/factors/usable";
import { DomainError } from "@/lib/kernel/errors";
import type { Language } from "@/lib/messages/words-shape";
import { maskPhone, readPhone } from "@/lib/users/phone-number";

/** A code by text message: the one restricted authenticator of NIST SP 800-63B-4 (3.2.9). Numbers are kept and compared in E.164. */
export const smsStrategy = sentCode({
  kind: "sms",
  ...smsNumbers,
  malformed: "sms.malformed",
  wrong: "sms.wrong_code",
  readAddress: readNumber,
  mask: maskPhone,
  notice: "sms.notice",
  blockOf: (number) => number.slice(0, -4),
  held: async (ctx, userId) => (isUsable("sms") ? listActiveOfKind(ctx, userId, "sms") : []),
});

const sentences = {
  malformed: "sms.number_malformed",
  extension: "sms.number_extension",
  not_served: "sms.not_served",
  not_mobile: "sms.not_mobile",
} as const;

function readNumber(typed: string, language: Language): string {
  const reading = readPhone(typed, config().phones);
  if (reading.kind === "ok") return reading.number;
  const params = { codes: servedCodes(), home: homeCode(), countries: servedCountries(language) };
  throw new DomainError(sentences[reading.kind], { field: "destination", params });
}
