import { accountScreen } from "@/e2e/screens/account";
import { challengeScreen } from "@/e2e/screens/challenge";
import { loginScreen } from "@/e2e/screens/login";
import { codeNow } from "@/e2e/support/authenticator";
import { layLine } from "@/e2e/support/database-line";
import { expect, test } from "@/e2e/support/fixtures";
import { moveIn, openHouse, secretOf } from "@/e2e/support/house";
import { type OwnPortal, withOwnPortal } from "@/e2e/support/own-portal";
import { ask, cookieIn, filled, formIn, post } from "@/e2e/support/wire";
import { letIn } from "@/e2e/support/entry";
import type { Page } from "@playwright/test";

/** Everything there is to open or to send while the database is away. */
async function nothingIsGranted(portal: OwnPortal, cookie: string) {
  for (const path of ["/security", "/security/password", "/challenge/totp", "/setup?link=set_x", "/login"]) {
    const got = await ask(portal.url, path, { headers: { cookie } });
    if (path === "/login" && got.status === 200) continue; // asks nothing of the database for a stranger
    expect(got.status, path).toBe(503);
    expect(got.body, path).toContain("Nothing was changed and nothing was lost.");
    expect(Number(got.headers["retry-after"]), path).toBeGreaterThan(0);
    expect(got.setCookies, path).toEqual([]);
  }
}

async function story(page: Page, fault: "cut" | "silence") {
  const line = await layLine();
  try {
    await withOwnPortal({ databaseAddress: line.addressOf }, async (portal) => {
      const house = openHouse(portal.url, portal.databaseUrl);
      try {
        const ada = await moveIn(house, { apps: 1 });
        const { cookie } = await letIn(house, page.context(), ada);
        const account = accountScreen(page);
        await account.does.open(`${portal.url}/security`);
        await account.sees.isHere();
        const login = await ask(portal.url, "/login");
        const form = filled(formIn(login.body, 'name="identifier"'), { identifier: ada.email, password: ada.password });

        if (fault === "cut") await line.cut();
        else line.silence();
        const refused = await post(portal.url, "/login", form);
        expect(refused.status).toBe(503);
        expect(cookieIn(refused, "__Host-second-door")).toBeNull();
        await nothingIsGranted(portal, `__Host-session=${cookie}`);
        const answer = await page.goto(`${portal.url}/security`);
        expect(answer?.status()).toBe(503);
        await expect(page.getByRole("heading", { level: 1 })).toHaveText("We cannot answer right now");

        await line.mend();
        await page.getByRole("link", { name: "Try again" }).click();
        await account.sees.isHere();
        await account.does.logOut();
        await loginScreen(page).does.logIn(ada);
        await challengeScreen(page).does.typeCode(codeNow(secretOf(ada)));
        await account.sees.isHere();
      } finally {
        await house.close();
      }
    });
  } finally {
    await line.close();
  }
}

test("a database that is gone: a page that says so, nothing granted, and back by itself", async ({ page }) => {
  await story(page, "cut");
});

test("a database that hangs: the same", async ({ page }) => {
  test.slow();
  await story(page, "silence");
});
