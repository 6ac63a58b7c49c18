import { config } from "@/lib/config/config";
import type { MailConfig, SmsConfig } from "@/lib/config/delivery-config";
import { macs } from "@/lib/crypto/digest";
import type { Channel, MailMessage, SmsMessage } from "@/lib/delivery/channel";
import { gatewayCarrier } from "@/lib/delivery/gateway";
import { guarded } from "@/lib/delivery/guarded";
import { mailboxFolder, mailboxForMail, mailboxForSms } from "@/lib/delivery/mailbox";
import { resendCarrier } from "@/lib/delivery/resend";
import { smtpCarrier } from "@/lib/delivery/smtp";
import { twilioCarrier } from "@/lib/delivery/twilio";
import { systemClock } from "@/lib/kernel/clock";
import type { ChannelName } from "@/lib/policy/channels";

type Settings = Exclude<MailConfig | SmsConfig, { readonly kind: "off" }>;
type Made<M> = { readonly settings: Settings; readonly channel: Channel<M>; readonly close?: () => void };

/** One of each per process, so that circuit and connections are shared; made anew when the configuration is. */
const made: { mail: Made<MailMessage> | null; sms: Made<SmsMessage> | null } = { mail: null, sms: null };

const clock = systemClock;

/** How mail leaves; null when it is off. Cheap: the provider's client is loaded with the first mail. */
export function mailChannel(): Channel<MailMessage> | null {
  const settings = config().mail;
  if (settings.kind === "off") return null;
  if (made.mail?.settings !== settings) made.mail = makeMail(settings);
  return made.mail.channel;
}

/** How text messages leave; null when it is off. `SMS_ENABLED` is another question, see `config().phones`. */
export function smsChannel(): Channel<SmsMessage> | null {
  const settings = config().sms;
  if (settings.kind === "off") return null;
  if (made.sms?.settings !== settings) made.sms = makeSms(settings);
  return made.sms.channel;
}

/** Lets go of connections that are kept for the next letter. */
export function closeChannels(): void {
  made.mail?.close?.();
  made.mail = null;
  made.sms = null;
}

/** The settings of a channel as MACs under every key, the newest first; none when it is off. A rotated key proves nothing away. */
export function fingerprintsOf(channel: ChannelName): readonly string[] {
  const settings = channel === "mail" ? config().mail : config().sms;
  return settings.kind === "off" ? [] : fingerprints(settings);
}

function makeMail(settings: Exclude<MailConfig, { readonly kind: "off" }>): Made<MailMessage> {
  const fingerprint = newest(settings);
  if (settings.kind === "mailbox") {
    const carry = mailboxForMail({ folder: mailboxFolder(config().dataDir), clock });
    return { settings, channel: guarded({ fingerprint, carry, clock }) };
  }
  if (settings.kind === "resend") {
    const apiKey = settings.apiKey.reveal();
    const carry = resendCarrier({ ...settings, apiKey });
    return { settings, channel: guarded({ fingerprint, carry, clock, secrets: [apiKey] }) };
  }
  const url = settings.url.reveal();
  const { carry, close } = smtpCarrier({ url, from: settings.from });
  const secrets = [decodeURIComponent(new URL(url).password)];
  return { settings, channel: guarded({ fingerprint, carry, clock, secrets }), close };
}

function makeSms(settings: Exclude<SmsConfig, { readonly kind: "off" }>): Made<SmsMessage> {
  const fingerprint = newest(settings);
  if (settings.kind === "mailbox") {
    const carry = mailboxForSms({ folder: mailboxFolder(config().dataDir), clock });
    return { settings, channel: guarded({ fingerprint, carry, clock }) };
  }
  if (settings.kind === "twilio") {
    const authToken = settings.authToken.reveal();
    const carry = twilioCarrier({ ...settings, authToken });
    return { settings, channel: guarded({ fingerprint, carry, clock, secrets: [authToken] }) };
  }
  const secret = settings.secret.reveal();
  const carry = gatewayCarrier({ url: settings.url, secret, clock });
  return { settings, channel: guarded({ fingerprint, carry, clock, secrets: [secret] }) };
}

const newest = (settings: Settings): string => fingerprints(settings)[0] ?? "";

/** Keyed, because a fingerprint stands in the database and a password of SMTP may be guessed. */
function fingerprints(settings: Settings): readonly string[] {
  const told = Object.entries(settings).map(([name, value]) => [name, typeof value === "object" ? open(value) : value]);
  return macs("mac:channel", [JSON.stringify(told.sort())]);
}

const open = (value: { readonly reveal: () => string } | null): string | null => value?.reveal() ?? null;
