import type { Page } from "@playwright/test";
import { accountScreen } from "@/e2e/screens/account";
import { loginScreen } from "@/e2e/screens/login";
import { expect, test } from "@/e2e/support/fixtures";
import type { House, Resident } from "@/e2e/support/house";
import { codeTo, lettersTo } from "@/e2e/support/mailbox";
import { knock, refused } from "@/lib/testing/story";
import { testContext } from "@/lib/testing/test-context";

/** Strangers keep an owner waiting, who has a letter sent from the login page. */
async function askForLetter(page: Page, house: House, owner: Resident): Promise<void> {
  for (let guess = 0; guess < 5; guess += 1)
    await refused(
      knock(testContext({ db: house.ctx.db, ip: `10.9.${guess}.1`, clock: { now: () => new Date() } }), {
        ...owner,
        password: "no",
      }),
    );
  const login = loginScreen(page);
  await login.does.open();
  await login.does.logIn(owner);
  await login.sees.sentence("There were too many tries");
  await page.getByRole("link", { name: "Log in without waiting, by email" }).click();
  await page.getByLabel("Email, username or phone").fill(owner.email);
  await page.getByRole("button", { name: "Send the letter" }).click();
}

async function tries(page: Page, owner: Resident): Promise<void> {
  await expect(page.getByText("In this browser you may try now without waiting")).toBeVisible();
  await loginScreen(page).does.logIn(owner);
  await accountScreen(page).sees.isHere();
}

test.describe("without scripts", () => {
  test.use({ javaScriptEnabled: false });

  test("an owner whom strangers keep waiting types the code of the letter where they asked for it, and is in", async ({
    page,
    house,
    person,
  }) => {
    const ada = await person();
    await askForLetter(page, house, ada);
    await page.getByLabel("Code from the letter").fill(await codeTo(house, ada.email));
    await page.getByRole("button", { name: "Go on" }).click();
    await tries(page, ada);
  });
});

test("with scripts they press the button behind the link of the letter, and are in", async ({
  page,
  house,
  person,
}) => {
  const ada = await person();
  await askForLetter(page, house, ada);
  await codeTo(house, ada.email);
  const [path = ""] = (await lettersTo(house, ada.email)).flatMap(({ text }) => text.match(/\/unlock\/unl_\S+/) ?? []);
  await page.goto(path);
  await page.getByRole("button", { name: "Let this browser try" }).click();
  await tries(page, ada);
});
