import type { Browser, BrowserContext, Page } from "@playwright/test";
import { test as base, expect, watch } from "@/e2e/support/fixtures";
import { type House, openHouse } from "@/e2e/support/house";
import { withOwnPortal } from "@/e2e/support/own-portal";
import { openTlsProxy } from "@/e2e/support/tls";

/** The portal's name, and the one of before it moved: passkeys of both open its doors. */
export const names = { now: "login.new-house.test", before: "old-house.test" } as const;

const settings = {
  APP_URL: `https://${names.now}`,
  RELATED_ORIGINS: names.before,
  TRUSTED_PROXIES: "127.0.0.0/8,::1",
  SECOND_FACTOR_KINDS: "passkey,totp",
  PASSKEY_UNASKED: "true",
  // nobody reads letters here, and a developers' mailbox is for this machine's own names
  DEV_TOOLS: "false",
  SMS_CHANNEL: "off",
  MAIL_CHANNEL: "smtp",
  MAIL_FROM: "portal@example.test",
  SMTP_URL: "smtp://127.0.0.1:9",
};

type Place = { readonly house: House; readonly browser: Browser };
/** A browser at that portal. */
export type Visit = { readonly house: House; readonly context: BrowserContext; readonly page: Page };

/**
 * Stories at a portal that offers passkeys, behind TLS and under names: a browser binds passkeys to names, and looks at those of before at port 443. So it is told where these names are, and its
 * certificates are believed. One portal and one browser for all of them.
 */
export const test = base.extend<{ readonly visit: Visit }, { readonly passkeyPlace: Place }>({
  passkeyPlace: [
    async ({ playwright, launchOptions }, use) => {
      const proxy = await openTlsProxy();
      const { port } = new URL(proxy.url);
      const rules = Object.values(names).map((name) => `MAP ${name}:443 127.0.0.1:${port}`);
      const args = [...(launchOptions.args ?? []), `--host-resolver-rules=${rules}`, "--ignore-certificate-errors"];
      const browser = await playwright.chromium.launch({ ...launchOptions, args });
      await withOwnPortal({ settings }, async (portal) => {
        proxy.passTo(portal.port);
        const house = openHouse(portal, settings);
        await use({ house, browser });
        await house.close();
      });
      await browser.close();
      await proxy.close();
    },
    { scope: "worker" },
  ],
  visit: async ({ passkeyPlace: { house, browser }, locale }, use) => {
    const context = await browser.newContext({ baseURL: house.url, ...(locale && { locale }) });
    const complaints = watch(context);
    await use({ house, context, page: await context.newPage() });
    await context.close();
    expect(complaints, "the browser complained").toEqual([]);
  },
});
