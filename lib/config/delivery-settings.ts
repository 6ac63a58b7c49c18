import * as z from "zod";
import {
  readCountries,
  readGatewaySecret,
  readSender,
  readServiceUrl,
  readSmtpUrl,
} from "@/lib/config/delivery-values";
import { onOrOff, reading, wholeNumber } from "@/lib/config/reading";
import { exampleKey } from "@/lib/config/values";

/** The keys of what leaves the house: mail and SMS. */
export const deliverySettings = {
  MAIL_CHANNEL: z
    .enum(["off", "smtp", "resend", "mailbox"], "must be off, smtp, resend or mailbox.")
    .default("off")
    .meta({
      shown: "off",
      description:
        "How mail leaves: off, smtp, resend, or mailbox, for developers and only with DEV_TOOLS: each letter is a file in the folder mailbox of DATA_DIR, and under npm run dev, not under npm start, pages show them too.",
    }),
  MAIL_FROM: z.string().transform(reading(readSender)).optional().meta({
    shown: "none",
    sample: "Sallyport <no-reply@example.test>",
    description:
      'Who mail is from: ADDRESS, NAME <ADDRESS>, or "NAME, INC." <ADDRESS> where the name holds signs such as a comma. smtp and resend need it.',
  }),
  SMTP_URL: z.string().transform(reading(readSmtpUrl)).optional().meta({
    shown: "none",
    sample: "smtp://USER:PASSWORD@mail.example.test:587",
    secret: true,
    description:
      "Your mail server: smtp://USER:PASSWORD@HOST:587 demands STARTTLS unless it is this machine, smtps://USER:PASSWORD@HOST:465 is TLS from the start.",
  }),
  RESEND_API_KEY: z
    .string()
    .regex(/^[\x21-\x7e]{8,200}$/, "must be the key as Resend shows it, without spaces.")
    .optional()
    .meta({
      shown: "none",
      sample: "re_0000000000000000",
      secret: true,
      description: "The key of your Resend account; it needs to send only.",
    }),
  RESEND_BASE_URL: serviceUrl("Resend", "http://127.0.0.1:4001"),
  MAIL_PER_DAY: wholeNumber(1, 1_000_000).default(5000).meta({
    shown: "5000",
    description:
      "How many codes and links to make an account may leave by mail on one day, all people together; notices are not counted.",
  }),
  SMS_CHANNEL: z
    .enum(["off", "twilio", "gateway", "mailbox"], "must be off, twilio, gateway or mailbox.")
    .default("off")
    .meta({
      shown: "off",
      description: "How text messages leave: off, twilio, gateway (docs/sms-gateway.md), or mailbox, as for mail.",
    }),
  SMS_ENABLED: onOrOff("true").meta({
    shown: "true",
    description: "The emergency stop for text messages: false sends none and offers every other way.",
  }),
  SMS_COUNTRIES: z.string().transform(reading(readCountries)).default([]).meta({
    shown: "none",
    sample: "GB,FR",
    description:
      "The countries whose numbers get text messages, ISO codes with commas between them. Needed with every SMS channel: name only those that you mean to pay for.",
  }),
  PHONE_REGION: z.string().toUpperCase().optional().meta({
    shown: "none",
    sample: "GB",
    description: "The country of numbers that are typed without a country code; one of SMS_COUNTRIES.",
  }),
  TWILIO_ACCOUNT_SID: z
    .string()
    .regex(/^AC[0-9a-f]{32}$/, "must be AC and 32 hexadecimal digits.")
    .optional()
    .meta({
      shown: "none",
      sample: "AC00000000000000000000000000000000",
      description: "The SID of your Twilio account.",
    }),
  TWILIO_AUTH_TOKEN: z
    .string()
    .regex(/^[\x21-\x7e]{16,200}$/, "must be the token as Twilio shows it, without spaces.")
    .optional()
    .meta({
      shown: "none",
      sample: "00000000000000000000000000000000",
      secret: true,
      description: "The auth token of your Twilio account.",
    }),
  TWILIO_FROM: z
    .string()
    .regex(
      /^(?:\+[1-9]\d{6,14}|MG[0-9a-f]{32})$/,
      "must be a number such as +442071838750, or a SID that begins with MG.",
    )
    .optional()
    .meta({
      shown: "none",
      sample: "+442071838750",
      description: "Your number at Twilio, or the SID of a messaging service.",
    }),
  TWILIO_BASE_URL: serviceUrl("Twilio", "http://127.0.0.1:4002"),
  SMS_GATEWAY_URL: z.string().transform(reading(readServiceUrl)).optional().meta({
    shown: "none",
    sample: "https://sms.example.test/messages",
    description: "Where text messages are posted to, for the channel gateway. https unless it is this machine.",
  }),
  SMS_GATEWAY_SECRET: z.string().transform(reading(readGatewaySecret)).optional().meta({
    shown: "none",
    sample: exampleKey,
    secret: true,
    description: "At least 32 bytes that sign every message for the gateway.",
  }),
  SMS_PER_DAY: wholeNumber(1, 1_000_000).default(500).meta({
    shown: "500",
    description: "How many text messages may leave on one day, all people together. Notices beyond it go by mail only.",
  }),
};

function serviceUrl(provider: string, sample: string) {
  return z
    .string()
    .transform(reading(readServiceUrl))
    .optional()
    .meta({
      shown: "the provider's own",
      sample,
      description: `Another address for ${provider}, for a stand-in of your own.`,
    });
}
