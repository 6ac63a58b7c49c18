import type { Page } from "@playwright/test";
import { accountScreen } from "@/e2e/screens/account";
import { challengeScreen } from "@/e2e/screens/challenge";
import { loginScreen } from "@/e2e/screens/login";
import { codeNow } from "@/e2e/support/authenticator";
import { cookieLine } from "@/e2e/support/cookies";
import { type DatabaseLine, layLine } from "@/e2e/support/database-line";
import { letIn } from "@/e2e/support/entry";
import { expect, test } from "@/e2e/support/fixtures";
import { moveIn, openHouse, type Resident, secretOf } from "@/e2e/support/house";
import { ask, filled, formIn, post } from "@/e2e/support/http";
import { type OwnPortal, withOwnPortal } from "@/e2e/support/own-portal";

/** A page that needs the database, while it is away: 503 in words, when to try again, no cookie. */
async function isRefused(portal: OwnPortal, path: string, cookie: string) {
  const got = await ask(portal.url, path, { headers: { cookie } });
  expect(got.status, path).toBe(503);
  expect(got.body, path).toContain("We cannot answer right now");
  expect(Number(got.headers["retry-after"]), path).toBeGreaterThan(0);
  expect(got.setCookies, path).toEqual([]);
}

/** Runs `story` at a portal whose line to its database can be cut, with somebody who is logged in there. */
async function withLine(page: Page, story: (given: Given) => Promise<void>) {
  const line = await layLine();
  try {
    await withOwnPortal({ databaseAddress: line.addressOf }, async (portal) => {
      const house = openHouse(portal);
      try {
        const person = await moveIn(house, { apps: 1 });
        const { cookie } = await letIn(house, page.context(), person);
        await accountScreen(page).does.open(`${portal.url}/security`);
        await accountScreen(page).sees.isHere();
        await story({ line, portal, person, cookie: cookieLine(house.url, "session", cookie) });
      } finally {
        await house.close();
      }
    });
  } finally {
    await line.close();
  }
}

type Given = {
  readonly line: DatabaseLine;
  readonly portal: OwnPortal;
  readonly person: Resident;
  readonly cookie: string;
};

test("a database that is gone: a page that says so, nothing granted, and back by itself", async ({ page }) => {
  await withLine(page, async ({ line, portal, person, cookie }) => {
    const login = await ask(portal.url, "/login");
    const values = { identifier: person.email, password: person.password };
    const form = filled(formIn(login.body, 'name="identifier"'), values);
    await line.cut();
    for (const round of ["first", "second"]) {
      const refused = await post(portal.url, "/login", form);
      expect(refused.status, round).toBe(503);
      expect(refused.setCookies, round).toEqual([]);
    }
    for (const path of ["/security", "/security/password", "/login", "/"]) await isRefused(portal, path, cookie);
    const answer = await page.goto(`${portal.url}/security`);
    expect(answer?.status()).toBe(503);

    await line.mend();
    await page.getByRole("link", { name: "Try again" }).click();
    const account = accountScreen(page);
    await account.sees.isHere();
    await account.does.logOut();
    await loginScreen(page).does.logIn(person);
    await challengeScreen(page).does.typeCode(codeNow(secretOf(person)));
    await account.sees.isHere();
  });
});

test("a database that hangs: the page comes all the same, and the account as soon as it answers", async ({ page }) => {
  await withLine(page, async ({ line, portal, cookie }) => {
    line.silence();
    await isRefused(portal, "/security", cookie);
    await line.mend();
    await page.reload();
    await accountScreen(page).sees.isHere();
  });
});
