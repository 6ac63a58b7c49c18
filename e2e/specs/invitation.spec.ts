import { accountScreen } from "@/e2e/screens/account";
import { firstAccountScreen } from "@/e2e/screens/first-account";
import { loginScreen } from "@/e2e/screens/login";
import { expect, test } from "@/e2e/support/fixtures";
import { invite } from "@/e2e/support/house";

const secret = "nine calm otters under a bridge";

test("an invited person chooses a password and is in; the link is spent, the password works", async ({
  page,
  house,
}) => {
  const { email, link } = await invite(house);
  await page.goto(link);
  await page.reload();
  await expect(page.getByText(`This is the account of ${email}.`)).toBeVisible();
  const welcome = firstAccountScreen(page);
  await welcome.does.choosePassword("too short");
  await welcome.sees.sentence("This password is too short.");
  await welcome.does.choosePassword(secret);
  const account = accountScreen(page);
  await account.sees.isHere();
  await account.does.logOut();
  await page.goto(link);
  await welcome.sees.closed();
  await loginScreen(page).does.open();
  await loginScreen(page).does.logIn({ email, password: secret });
  await account.sees.isHere();
});

test("a link that is older than a day does not open, nor does one with a changed letter", async ({ page, house }) => {
  const { userId, link } = await invite(house);
  await page.goto(`${link.slice(0, -1)}${link.endsWith("A") ? "B" : "A"}`);
  await firstAccountScreen(page).sees.closed();
  await house.sql("UPDATE one_time_links SET expires_at = now() - interval '1 second' WHERE user_id = $1", [userId]);
  await page.goto(link);
  await firstAccountScreen(page).sees.closed();
});

test("two windows with the same link: the second one to answer is told so and changes nothing", async ({
  page,
  house,
  anotherBrowser,
}) => {
  const { link } = await invite(house);
  await page.goto(link);
  const second = await (await anotherBrowser()).newPage();
  await second.goto(link);
  await firstAccountScreen(page).does.choosePassword(secret);
  await accountScreen(page).sees.isHere();
  await firstAccountScreen(second).does.choosePassword("another seven words for the thief");
  await firstAccountScreen(second).sees.closed();
  await expect(second.getByText("This link was used already")).toBeVisible();
  await page.reload();
  await accountScreen(page).sees.isHere();
});
