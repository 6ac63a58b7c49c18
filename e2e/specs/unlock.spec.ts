import { accountScreen } from "@/e2e/screens/account";
import { loginScreen } from "@/e2e/screens/login";
import { expect, test } from "@/e2e/support/fixtures";
import { codeTo } from "@/e2e/support/mailbox";
import { knock, refused } from "@/lib/testing/story";
import { testContext } from "@/lib/testing/test-context";

test.use({ javaScriptEnabled: false });

test("an owner whom strangers keep waiting has a letter sent from the login page, types its code there, and is in", async ({
  page,
  house,
  person,
}) => {
  const ada = await person();
  for (let guess = 0; guess < 5; guess += 1)
    await refused(
      knock(testContext({ db: house.ctx.db, ip: `10.9.${guess}.1`, clock: { now: () => new Date() } }), {
        ...ada,
        password: "no",
      }),
    );
  const login = loginScreen(page);
  await login.does.open();
  await login.does.logIn(ada);
  await login.sees.sentence("There were too many tries");
  await page.getByRole("link", { name: "Log in without waiting, by email" }).click();
  await page.getByLabel("Email, username or phone").fill(ada.email);
  await page.getByRole("button", { name: "Send the letter" }).click();
  await page.getByLabel("Code from the letter").fill(await codeTo(house, ada.email));
  await page.getByRole("button", { name: "Go on" }).click();
  await expect(page.getByText("In this browser you may try now without waiting")).toBeVisible();
  await login.does.logIn(ada);
  await accountScreen(page).sees.isHere();
});
