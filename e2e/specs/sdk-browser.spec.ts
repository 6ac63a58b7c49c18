import type { Page } from "@playwright/test";
import type * as Sdk from "authing-js-sdk";
import { codeNow } from "@/e2e/support/authenticator";
import { letIn } from "@/e2e/support/entry";
import { expect } from "@/e2e/support/fixtures";
import { secretOf } from "@/e2e/support/house";
import { insiderOf, secondStepOf } from "@/e2e/support/sdk/answers";
import { registerApp } from "@/e2e/support/sdk/apps";
import { test as base } from "@/e2e/support/sdk/fixtures";
import { type OtherOrigin, openOtherOrigin } from "@/e2e/support/sdk/other-origin";

declare global {
  /** In the page: what the package's browser bundle puts there. */
  var Authing: typeof Sdk;
  var authing: Sdk.AuthenticationClient;
}

const test = base.extend<{ readonly elsewhere: OtherOrigin }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of the fixtures from a pattern
  elsewhere: async ({}, use) => {
    const elsewhere = await openOtherOrigin();
    await use(elsewhere);
    await elsewhere.close();
  },
});

// what Playwright adds to every request, browsers would ask the portal about first: all of this comes from this machine
test.use({ extraHTTPHeaders: {} });

/** Opens the page and makes its client; whatever it kept in localStorage is still there. */
async function openPage(page: Page, origin: string, options: { readonly appId: string; readonly appHost: string }) {
  await page.goto(origin);
  await page.evaluate((given) => {
    const plain = { publicKey: "unused", encryptFunction: async (password: string) => password };
    globalThis.authing = new Authing.AuthenticationClient({ ...given, ...plain, lang: "en-US" });
  }, options);
}

/** Runs a call in the page; what the package throws there is thrown here. */
async function inPage<A>(page: Page, call: (given: A) => Promise<unknown>, given: A): Promise<unknown> {
  const source = `(${call})(${JSON.stringify(given)}).then((value) => ({ value }), (thrown) => ({ thrown: thrown instanceof Error ? String(thrown) : thrown }))`;
  const outcome: { readonly value?: unknown; readonly thrown?: unknown } = await page.evaluate(source);
  if ("thrown" in outcome) throw outcome.thrown;
  return outcome.value;
}

const login = (page: Page, { email, password }: { readonly email: string; readonly password: string }) =>
  inPage(page, (given) => authing.loginByEmail(given.email, given.password), { email, password });

test("from an allowed origin the bundle signs in with both factors, keeps the token over a reload, and logs out", async ({
  page,
  house,
  person,
  elsewhere,
}) => {
  const ada = await person({ apps: 1 });
  const { id: appId } = await registerApp(house, { origins: [elsewhere.origin] });
  const options = { appId, appHost: house.url };
  await openPage(page, elsewhere.origin, options);
  const { mfaToken } = await secondStepOf(login(page, ada));
  const given = { mfaToken, totp: codeNow(secretOf(ada)) };
  const user = await inPage(page, (one) => authing.mfa.verifyTotpMfa(one), given);
  const { token } = insiderOf(user);
  expect(await inPage(page, () => authing.getCurrentUser(), null), "a second step alone is not kept").toBeNull();
  await inPage(page, async (one) => authing.setToken(one), token);
  expect(await page.evaluate(() => localStorage.getItem("_authing_token"))).toBe(token);
  await openPage(page, elsewhere.origin, options);
  expect(await inPage(page, () => authing.getCurrentUser(), null)).toMatchObject({ id: ada.userId });
  expect(await inPage(page, () => authing.mfa.getMfaAuthenticators(), null)).toMatchObject([{ enable: true }]);
  await inPage(page, () => authing.logout(), null);
  expect(await page.evaluate(() => localStorage.getItem("_authing_token"))).toBeNull();
  expect(await house.sql("SELECT 1 FROM sessions WHERE user_id = $1", [ada.userId])).toEqual([]);
  expect(await page.context().cookies()).toEqual([]);
});

test("a face is refused in words from the browser too", async ({ page, house, person, elsewhere }) => {
  const grace = await person();
  const { id: appId } = await registerApp(house, { origins: [elsewhere.origin] });
  await openPage(page, elsewhere.origin, { appId, appHost: house.url });
  await login(page, grace);
  const said = inPage(page, () => authing.mfa.verifyFaceMfa("http://example.test/a.jpg", "x"), null);
  await expect(said).rejects.toMatchObject({ code: 501, message: expect.stringMatching(/not offer/) });
});

test("from an origin that the app does not list, the browser keeps every answer from the page, and nothing has happened", async ({
  browser,
  house,
  person,
  elsewhere,
}) => {
  const alan = await person();
  const sessions = () => house.sql("SELECT 1 FROM sessions WHERE user_id = $1", [alan.userId]);
  const [listed, unlisted] = [await registerApp(house, { origins: [elsewhere.origin] }), await registerApp(house)];
  const context = await browser.newContext(); // one that may complain
  const page = await context.newPage();
  await openPage(page, elsewhere.origin, { appId: unlisted.id, appHost: house.url });
  await expect(login(page, alan)).rejects.toMatchObject({ message: "Network Error" });
  expect(await sessions()).toEqual([]);
  await openPage(page, elsewhere.origin, { appId: listed.id, appHost: house.url });
  insiderOf(await login(page, alan));
  const stranger = await openOtherOrigin();
  await openPage(page, stranger.origin, { appId: listed.id, appHost: house.url });
  await expect(login(page, alan)).rejects.toMatchObject({ message: "Network Error" });
  await stranger.close();
  expect(await sessions()).toHaveLength(1);
  await context.close();
});

test("whoever is logged in to the pages in the same browser is nobody to the API", async ({
  page,
  context,
  house,
  person,
  elsewhere,
}) => {
  const katherine = await person();
  const { id: appId } = await registerApp(house, { origins: [elsewhere.origin] });
  await letIn(house, context, katherine);
  await openPage(page, elsewhere.origin, { appId, appHost: house.url });
  expect(await inPage(page, () => authing.getCurrentUser(), null)).toBeNull();
  await expect(inPage(page, () => authing.mfa.getMfaAuthenticators(), null)).rejects.toMatchObject({ code: 2020 });
});
