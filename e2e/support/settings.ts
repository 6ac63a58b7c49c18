import { testKeys } from "@/lib/testing/test-settings";

/** What the portal of the browser stories is started with, and what the stories seal and sign with themselves. */
export const portalSettings = {
  PORTAL_KEYS: testKeys.one,
  AUTH_SECRET: "a secret for browser stories and nothing else",
  SECOND_FACTOR: "admins",
  TOTP_WINDOW: "1",
} as const;
