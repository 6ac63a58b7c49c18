import type { BrowserContext } from "@playwright/test";
import { accountScreen } from "@/e2e/screens/account";
import { challengeScreen } from "@/e2e/screens/challenge";
import { codesScreen } from "@/e2e/screens/codes";
import { enrolmentScreen } from "@/e2e/screens/enrolment";
import { firstAccountScreen } from "@/e2e/screens/first-account";
import { loginScreen } from "@/e2e/screens/login";
import { codeNow } from "@/e2e/support/authenticator";
import { expect, test } from "@/e2e/support/fixtures";
import { moveIn, openHouse, secretOf } from "@/e2e/support/house";
import { withOwnPortal } from "@/e2e/support/own-portal";
import { openTlsProxy } from "@/e2e/support/tls";
import { ensure } from "@/lib/kernel/assert";

const password = "a bridge over nine calm otters";

test("behind a proxy that ends TLS every cookie is pinned to host and https, from the first link to the second login", async ({
  anotherBrowser,
}) => {
  const proxy = await openTlsProxy();
  const settings = { APP_URL: proxy.url, TRUSTED_PROXIES: "127.0.0.0/8,::1" };
  await withOwnPortal({ settings }, async (portal) => {
    proxy.passTo(portal.port);
    const { port } = new URL(proxy.url);
    expect(portal.output()).toContain(`Cookies are kept to https and to this host (__Host-p${port}-…).`);
    ensure(portal.setupLink, "a portal without accounts prints its set-up link");
    const context = await anotherBrowser({ ignoreHTTPSErrors: true, baseURL: proxy.url });
    const page = await context.newPage();
    await page.goto(portal.setupLink);
    await firstAccountScreen(page).does.createAccount({ email: "ada@example.test", secret: password });
    const enrolment = enrolmentScreen(page);
    await enrolment.does.chooseApp();
    const secret = await enrolment.does.readSecret();
    await enrolment.does.confirm(codeNow(secret));
    await codesScreen(page).sees.codes(10);
    await arePinned(context, port);
    await codesScreen(page).does.save();
    await accountScreen(page).sees.isHere();
    await accountScreen(page).does.logOut();
    for (const [name, language] of [
      ["中文", "zh-Hans"],
      ["English", "en"],
    ] as const) {
      await page.getByRole("button", { name }).click();
      await expect(page.locator("html")).toHaveAttribute("lang", language);
    }
    await loginScreen(page).does.logIn({ email: "ada@example.test", password });
    await challengeScreen(page).sees.isHere();
    await arePinned(context, port);
    await challengeScreen(page).does.typeCode(codeNow(secret, 1));
    await accountScreen(page).sees.isHere();
    await arePinned(context, port);
  });
  await proxy.close();
});

/** What a browser holds of this portal: nothing that another host or plain http could read or write. */
async function arePinned(context: BrowserContext, port: string) {
  const held = await context.cookies();
  expect(held.length).toBeGreaterThan(0);
  for (const cookie of held) {
    expect(cookie).toMatchObject({ secure: true, httpOnly: true, path: "/", domain: "localhost" });
    expect(cookie.name).toMatch(new RegExp(`^__Host-p${port}-[a-z-]+$`));
  }
}

test("two portals on one host name: in one browser both sessions live, and logging out of one leaves the other", async ({
  page,
  guest,
}) => {
  const here = await guest();
  await withOwnPortal({}, async (portal) => {
    const other = openHouse(portal);
    try {
      const there = await moveIn(other, { apps: 1 });
      await page.goto(`${portal.url}/login`);
      await loginScreen(page).does.logIn(there);
      await challengeScreen(page).does.typeCode(codeNow(secretOf(there)));
      const account = accountScreen(page);
      await account.sees.isHere();
      await expect(page.getByText(`Logged in as ${there.email}`)).toBeVisible();
      await account.does.open();
      await expect(page.getByText(`Logged in as ${here.email}`)).toBeVisible();
      await account.does.logOut();
      await loginScreen(page).sees.isHere();
      await account.does.open(`${portal.url}/security`);
      await expect(page.getByText(`Logged in as ${there.email}`)).toBeVisible();
    } finally {
      await other.close();
    }
  });
});
