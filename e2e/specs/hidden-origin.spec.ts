import { accountScreen } from "@/e2e/screens/account";
import { challengeScreen } from "@/e2e/screens/challenge";
import { loginScreen } from "@/e2e/screens/login";
import { codeNow } from "@/e2e/support/authenticator";
import { expect, test } from "@/e2e/support/fixtures";
import { moveIn, openHouse, secretOf } from "@/e2e/support/house";
import { alertsIn, ask, filled, formIn, post } from "@/e2e/support/http";
import { withOwnPortal } from "@/e2e/support/own-portal";
import { openTlsProxy } from "@/e2e/support/tls";

test.use({ javaScriptEnabled: false });

test("behind a proxy that hides where people come from, forms without scripts work, and foreign ones do not", async ({
  anotherBrowser,
}) => {
  const proxy = await openTlsProxy({ "referrer-policy": "no-referrer" });
  const settings = { APP_URL: proxy.url, TRUSTED_PROXIES: "127.0.0.0/8,::1" };
  await withOwnPortal({ settings }, async (portal) => {
    proxy.passTo(portal.port);
    const house = openHouse(portal);
    try {
      const grace = await moveIn(house, { apps: 1 });
      const page = await (await anotherBrowser({ ignoreHTTPSErrors: true, baseURL: proxy.url })).newPage();
      await loginScreen(page).does.open();
      for (const [button, lang] of [
        ["中文", "zh-Hans"],
        ["English", "en"],
      ] as const) {
        await page.getByRole("button", { name: button }).click();
        await expect(page.locator("html")).toHaveAttribute("lang", lang);
      }
      await loginScreen(page).does.open();
      await loginScreen(page).does.logIn(grace);
      await challengeScreen(page).does.sendCode(codeNow(secretOf(grace)));
      await accountScreen(page).sees.isHere();
      expect(new Set(proxy.posts.map(({ origin }) => origin))).toEqual(new Set(["null"]));
      expect(new Set(proxy.posts.map((each) => each["sec-fetch-site"]))).toEqual(new Set(["same-origin"]));
    } finally {
      await house.close();
    }
  });
  await proxy.close();
});

test("a form that hides where it comes from is refused unless the browser says that it is ours", async ({
  house,
  address,
}) => {
  const page = await ask(house.url, "/login");
  const form = filled(formIn(page.body, 'name="identifier"'), {
    identifier: "nobody@example.test",
    password: "not it",
  });
  const from = (site: string) =>
    post(house.url, "/login", form, { origin: "null", "sec-fetch-site": site, "x-forwarded-for": address });
  for (const site of ["", "cross-site", "same-site", "none"]) expect((await from(site)).status, site).toBe(403);
  const own = await from("same-origin");
  expect([own.status, alertsIn(own.body)]).toEqual([200, expect.not.stringMatching(/^$/)]);
});
