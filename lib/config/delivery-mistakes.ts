import { listOf } from "@/lib/config/delivery-values";
import type { ChannelName } from "@/lib/policy/channels";
import { boundKinds, traits } from "@/lib/policy/traits";

/** The values of the environment as text, as far as they are set. */
type Texts = Readonly<Record<string, string | undefined>>;

/** What each channel cannot do without. */
const needs: Readonly<Record<string, readonly string[]>> = {
  smtp: ["MAIL_FROM", "SMTP_URL"],
  resend: ["MAIL_FROM", "RESEND_API_KEY"],
  twilio: ["TWILIO_ACCOUNT_SID", "TWILIO_AUTH_TOKEN", "TWILIO_FROM"],
  gateway: ["SMS_GATEWAY_URL", "SMS_GATEWAY_SECRET"],
};

/** Rules about channels that look at two keys, on the text, so that a mistake in one key does not hide them. */
export function deliveryMistakes(texts: Texts): string[] {
  return [
    ...missing(texts, "MAIL_CHANNEL"),
    ...missing(texts, "SMS_CHANNEL"),
    ...mailboxes(texts),
    ...countries(texts),
    ...kinds(texts),
  ];
}

function missing(texts: Texts, channel: string): string[] {
  const chosen = texts[channel] ?? "off";
  return (needs[chosen] ?? [])
    .filter((name) => texts[name] === undefined)
    .map((name) => `${name} is missing: ${channel} is ${chosen}, which needs it.`);
}

function mailboxes(texts: Texts): string[] {
  if (texts.DEV_TOOLS === "true") return [];
  return ["MAIL_CHANNEL", "SMS_CHANNEL"]
    .filter((name) => texts[name] === "mailbox")
    .map((name) => `${name} can be mailbox only with DEV_TOOLS=true: the mailbox shows every letter to anybody.`);
}

function countries(texts: Texts): string[] {
  const isOff = (texts.SMS_CHANNEL ?? "off") === "off";
  const named = listOf((texts.SMS_COUNTRIES ?? "").toUpperCase());
  const region = texts.PHONE_REGION?.toUpperCase();
  return [
    ...(!isOff && texts.SMS_COUNTRIES === undefined
      ? ["SMS_COUNTRIES is missing: name the countries whose numbers may get text messages."]
      : []),
    ...(region !== undefined && !named.includes(region) ? ["PHONE_REGION must be one of SMS_COUNTRIES."] : []),
  ];
}

const keyOf = { mail: "MAIL_CHANNEL", sms: "SMS_CHANNEL" } as const satisfies Record<ChannelName, string>;

function kinds(texts: Texts): string[] {
  const listed = listOf((texts.SECOND_FACTOR_KINDS ?? "").toLowerCase());
  return boundKinds.flatMap((kind) => {
    const { channel } = traits[kind];
    const key = channel === null ? null : keyOf[channel];
    if (key === null || !listed.includes(kind) || (texts[key] ?? "off") !== "off") return [];
    return [`SECOND_FACTOR_KINDS lists ${kind}, but ${key} is off: choose a channel first.`];
  });
}
