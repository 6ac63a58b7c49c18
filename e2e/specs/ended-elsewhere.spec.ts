import { cookieLine } from "@/e2e/support/cookies";
import { letIn, openSessionOf } from "@/e2e/support/entry";
import { expect } from "@/e2e/support/fixtures";
import { ask } from "@/e2e/support/http";
import { startPortal } from "@/e2e/support/portal";
import { insiderOf } from "@/e2e/support/sdk/answers";
import { callApi } from "@/e2e/support/sdk/api";
import { test } from "@/e2e/support/sdk/fixtures";
import { ensure } from "@/lib/kernel/assert";

test.use({ javaScriptEnabled: false });

test("what is ended in the pages of one portal is refused by the other at its very next request, in pages and API", async ({
  page,
  context,
  house,
  person,
  app,
  client,
  address,
}) => {
  const { E2E_DATABASE_URL: databaseUrl } = process.env;
  ensure(databaseUrl, "the run has a database");
  const other = await startPortal(databaseUrl, { APP_URL: house.url, TRUSTED_PROXIES: "127.0.0.0/8,::1" });
  try {
    const ada = await person();
    await letIn(house, context, ada);
    const { cookie } = await openSessionOf(house, ada);
    const { token } = insiderOf(await client().loginByEmail(ada.email, ada.password));
    const host = new URL(house.url).host;
    const there = `http://localhost:${other.port}`;
    const headers = { host, cookie: cookieLine(house.url, "session", cookie), "x-forwarded-for": address };
    const inPages = async () => (await ask(there, "/security", { headers })).status;
    const path = "/api/v2/users/me/security-level";
    const inApi = async () =>
      (await callApi(there, path, { method: "GET", app: app.id, address, token, headers: { host } })).code;
    expect([await inPages(), await inApi()]).toEqual([200, 200]);

    await page.goto("/security/sessions/others");
    await page.getByRole("button", { name: "Log out everywhere else" }).click();
    await expect(page.getByRole("status").filter({ hasText: "2 other logins are ended." })).toBeVisible();
    expect([await inPages(), await inApi()]).toEqual([307, 2020]);
  } finally {
    await other.stop();
  }
});
