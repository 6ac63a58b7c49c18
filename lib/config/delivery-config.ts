import type { Settings } from "@/lib/config/schema";
import type { ListedKind } from "@/lib/config/second-factor-settings";
import { ensure } from "@/lib/kernel/assert";
import { type Secret, secret } from "@/lib/kernel/secret";
import type { Strength } from "@/lib/policy/strength";

/** How mail leaves. `from` is `ADDRESS` or `NAME <ADDRESS>`. */
export type MailConfig =
  | { readonly kind: "off" }
  | { readonly kind: "smtp"; readonly url: Secret<string>; readonly from: string }
  | {
      readonly kind: "resend";
      readonly apiKey: Secret<string>;
      readonly baseUrl: string | null;
      readonly from: string;
    }
  | { readonly kind: "mailbox"; readonly from: string };

/** How text messages leave. */
export type SmsConfig =
  | { readonly kind: "off" }
  | {
      readonly kind: "twilio";
      readonly accountSid: string;
      readonly authToken: Secret<string>;
      readonly from: string;
      readonly baseUrl: string | null;
    }
  | { readonly kind: "gateway"; readonly url: string; readonly secret: Secret<string> }
  | { readonly kind: "mailbox" };

/** What the operator demands after the password. */
export type SecondFactorConfig = {
  readonly demand: "off" | "admins" | "everyone";
  /** null: at once. */
  readonly from: Date | null;
  /** As they are offered: totp first, email last. */
  readonly kinds: readonly ListedKind[];
  readonly count: 1 | 2 | 3;
  /** Whether a bound e-mail address satisfies the demand. */
  readonly emailCounts: boolean;
  /** What is strong enough to be bound and asked for. */
  readonly strength: Strength;
  /** Who lets somebody choose a new password of whom a factor is demanded and who has none. */
  readonly resetWithoutFactor: "operator" | "mail";
};

/** Where the second step need not be asked again. */
export type TrustConfig = {
  /** null: nowhere. */
  readonly days: number | null;
  readonly admins: boolean;
};

/** The part of the configuration about what leaves the house and what is asked after the password. */
export type DeliveryConfig = {
  readonly mail: MailConfig;
  readonly sms: SmsConfig;
  readonly phones: {
    /** False: the operator's emergency stop. */
    readonly enabled: boolean;
    /** ISO 3166-1 alpha-2, upper case. */
    readonly countries: readonly string[];
    /** Of numbers that are typed without a country code. */
    readonly region: string | null;
  };
  readonly budgets: { readonly smsPerDay: number; readonly mailPerDay: number };
  readonly secondFactor: SecondFactorConfig;
  readonly trust: TrustConfig;
};

/** From settings that had no mistake: whatever a channel needs is there. */
export function buildDelivery(settings: Settings): DeliveryConfig {
  return {
    mail: Object.freeze(buildMail(settings)),
    sms: Object.freeze(buildSms(settings)),
    phones: Object.freeze({
      enabled: settings.SMS_ENABLED,
      countries: Object.freeze(settings.SMS_COUNTRIES),
      region: settings.PHONE_REGION ?? null,
    }),
    budgets: Object.freeze({ smsPerDay: settings.SMS_PER_DAY, mailPerDay: settings.MAIL_PER_DAY }),
    secondFactor: Object.freeze({
      demand: settings.SECOND_FACTOR,
      from: settings.SECOND_FACTOR_FROM ?? null,
      kinds: Object.freeze(settings.SECOND_FACTOR_KINDS),
      count: settings.SECOND_FACTOR_COUNT,
      emailCounts: settings.EMAIL_COUNTS,
      strength: settings.SECOND_FACTOR_STRENGTH,
      resetWithoutFactor: settings.RESET_WITHOUT_FACTOR,
    }),
    trust: Object.freeze({ days: settings.TRUST_DEVICES ?? null, admins: settings.TRUST_DEVICES_ADMINS }),
  };
}

function buildMail(settings: Settings): MailConfig {
  const kind = settings.MAIL_CHANNEL;
  if (kind === "off") return { kind };
  if (kind === "mailbox") return { kind, from: settings.MAIL_FROM ?? "mailbox@localhost" };
  const from = present(settings.MAIL_FROM);
  if (kind === "smtp") return { kind, url: secret(present(settings.SMTP_URL)), from };
  return { kind, apiKey: secret(present(settings.RESEND_API_KEY)), baseUrl: settings.RESEND_BASE_URL ?? null, from };
}

function buildSms(settings: Settings): SmsConfig {
  const kind = settings.SMS_CHANNEL;
  if (kind === "off" || kind === "mailbox") return { kind };
  if (kind === "gateway") {
    return { kind, url: present(settings.SMS_GATEWAY_URL), secret: secret(present(settings.SMS_GATEWAY_SECRET)) };
  }
  return {
    kind,
    accountSid: present(settings.TWILIO_ACCOUNT_SID),
    authToken: secret(present(settings.TWILIO_AUTH_TOKEN)),
    from: present(settings.TWILIO_FROM),
    baseUrl: settings.TWILIO_BASE_URL ?? null,
  };
}

function present(value: string | undefined): string {
  ensure(value !== undefined, "a channel without its keys is a mistake that ends the start");
  return value;
}
