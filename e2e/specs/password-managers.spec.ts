import { challengeScreen } from "@/e2e/screens/challenge";
import { expect, test } from "@/e2e/support/fixtures";
import { invite } from "@/e2e/support/house";
import { userNameOf } from "@/e2e/support/password-managers";
import { elevenMinutesAgo } from "@/e2e/support/settled";

test("a changed password is stored for the account that it opens", async ({ page, guest }) => {
  const ada = await guest();
  await page.goto("/security/password");
  expect(await userNameOf(page)).toEqual([ada.email]);
});

test("an invited person's first password is stored under their e-mail address", async ({ page, house }) => {
  const { email, link } = await invite(house);
  await page.goto(link);
  expect(await userNameOf(page)).toEqual([email]);
});

test("a password that is the proof of a step-up is the account's that is logged in", async ({ page, guest, house }) => {
  const ada = await guest();
  await elevenMinutesAgo(house, ada.session.id);
  await page.goto("/challenge/start?for=factor.add&returnTo=/security");
  await challengeScreen(page).does.goOn();
  await expect(page).toHaveURL(/\/challenge\/password/);
  expect(await userNameOf(page, "current")).toEqual([ada.email]);
});
