import { testKeys } from "@/lib/testing/test-settings";

/** What the portal of the browser stories is started with, and what the stories seal and sign with themselves. */
export const portalSettings = {
  PORTAL_KEYS: testKeys.one,
  AUTH_SECRET: "a secret for browser stories and nothing else",
  SECOND_FACTOR: "admins",
  TOTP_WINDOW: "1",
  SECOND_FACTOR_KINDS: "totp,sms,email",
  DEV_TOOLS: "true",
  MAIL_CHANNEL: "mailbox",
  REGISTRATION: "open",
  SMS_CHANNEL: "mailbox",
  SMS_COUNTRIES: "US,GB,DE,CN",
  PHONE_REGION: "US",
  TRUST_DEVICES: "14",
} as const;
