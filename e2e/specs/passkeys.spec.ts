import type { BrowserContext, Page } from "@playwright/test";
import { codesScreen } from "@/e2e/screens/codes";
import { loginScreen } from "@/e2e/screens/login";
import { letIn } from "@/e2e/support/entry";
import { expect, test } from "@/e2e/support/fixtures";
import { type House, moveIn, openHouse } from "@/e2e/support/house";
import { withOwnPortal } from "@/e2e/support/own-portal";
import { type VirtualKey, virtualKey } from "@/e2e/support/passkeys";

const settings = { SECOND_FACTOR_KINDS: "passkey,totp" };

type Place = { readonly house: House; readonly context: BrowserContext; readonly page: Page };

/** A portal that offers passkeys, and a browser at it. */
async function atPortal(
  browser: { newContext(options: object): Promise<BrowserContext> },
  story: (place: Place) => Promise<void>,
): Promise<void> {
  await withOwnPortal({ settings }, async ({ url, databaseUrl, dataDir }) => {
    const house = openHouse({ url, databaseUrl, dataDir });
    const context = await browser.newContext({ baseURL: url });
    try {
      await story({ house, context, page: await context.newPage() });
    } finally {
      await context.close();
      await house.close();
    }
  });
}

const use = (page: Page) => page.getByRole("button", { name: "Use a passkey" }).click();
const isIn = (page: Page) => expect(page).toHaveURL(/\/security(\?|$)/);

/** From the list of what can be set up to the page behind the first recovery codes, if there are any. */
async function addPasskey(page: Page): Promise<void> {
  await page.goto("/security/factors/new");
  await page.getByRole("button", { name: "Start: Passkey" }).click(); // the strongest stands first
  await page.getByRole("button", { name: "Make a passkey" }).click();
  await expect(page).toHaveURL(/once$|\/security\?done=bound/);
  if (!page.url().endsWith("once")) return;
  await codesScreen(page).does.save();
  await isIn(page);
}

async function logOut(page: Page, key: VirtualKey): Promise<void> {
  await key.confirms(false); // nobody touches it while the page waits for a name
  await page.getByRole("banner").getByRole("button", { name: "Log out" }).click();
  await page.waitForURL(/\/login/);
}

test("a passkey is added, opens both doors by one press, serves behind a password and at a step-up, is renamed, and its removal waits", async ({
  browser,
}) => {
  await atPortal(browser, async ({ house, context, page }) => {
    const ada = await moveIn(house);
    const key = await virtualKey(context, page);
    const { id } = await letIn(house, context, ada);
    expect(id).not.toBe("");
    await addPasskey(page);
    expect(await key.credentials()).toHaveLength(1);

    await logOut(page, key);
    await key.confirms(true);
    await use(page);
    await isIn(page);

    await logOut(page, key);
    await loginScreen(page).does.logIn(ada);
    await expect(page).toHaveURL(/\/challenge\/passkey/);
    await key.confirms(true);
    await use(page);
    await isIn(page);

    await house.sql("UPDATE sessions SET proven_at = now() - interval '11 minutes'");
    await page.goto("/security/password");
    await page.getByRole("button", { name: "Continue" }).click();
    await expect(page).toHaveURL(/\/challenge\/passkey/);
    await use(page);
    await expect(page).toHaveURL(/\/security\/password$/);

    await page.goto("/security");
    await page.getByRole("link", { name: "Manage Passkey" }).click();
    await page.getByLabel("Name", { exact: true }).fill("Blue laptop");
    await page.getByRole("button", { name: "Save name" }).click();
    await expect(page.getByRole("status").filter({ hasText: "The name is saved." })).toBeVisible();
    await page.getByRole("link", { name: "Remove", exact: true }).click();
    await page.getByRole("button", { name: "Remove", exact: true }).click();
    await expect(page).toHaveURL(/done=waits/); // the last strong factor: its owner can stop it for a day
    await expect(page.getByText("Blue laptop")).toBeVisible();
  });
});
