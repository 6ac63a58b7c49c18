import type { Page } from "@playwright/test";
import { accountScreen } from "@/e2e/screens/account";
import { loginScreen } from "@/e2e/screens/login";
import { expect, test } from "@/e2e/support/fixtures";
import type { House, Resident } from "@/e2e/support/house";
import { codeTo, lettersTo } from "@/e2e/support/mailbox";
import { manners } from "@/e2e/support/manners";
import { knock, refused } from "@/lib/testing/story";
import { testContext } from "@/lib/testing/test-context";

type Spoken = Pick<(typeof manners)[number], "words" | "say">;
const [inEnglish, inChinese] = manners;

/** Strangers keep an owner waiting, who has a letter sent from the login page. */
async function askForLetter(page: Page, house: House, owner: Resident, { words, say }: Spoken): Promise<void> {
  for (let guess = 0; guess < 5; guess += 1)
    await refused(
      knock(testContext({ db: house.ctx.db, ip: `10.9.${guess}.1`, clock: { now: () => new Date() } }), {
        ...owner,
        password: "no",
      }),
    );
  const login = loginScreen(page, words);
  await login.does.open();
  await login.does.logIn(owner);
  await login.sees.sentence(/There were too many tries|尝试次数过多/);
  await page.getByRole("link", { name: say("unlock.ask_link") }).click();
  await page.getByLabel(words.identifier).fill(owner.email);
  await page.getByRole("button", { name: say("unlock.ask_button") }).click();
  await expect(page.getByLabel(say("unlock.code_label"))).toBeVisible(); // the letter can be there before the page is
}

async function tries(page: Page, owner: Resident, { words, say }: Spoken): Promise<void> {
  await expect(page.getByText(say("unlock.done"))).toBeVisible();
  await loginScreen(page, words).does.logIn(owner);
  await accountScreen(page, words).sees.isHere();
}

test.describe(inChinese.manner, () => {
  test.use({ javaScriptEnabled: inChinese.scripts, locale: inChinese.locale });

  test("an owner whom strangers keep waiting types the code of the letter where they asked for it, and is in", async ({
    page,
    house,
    person,
  }) => {
    const ada = await person();
    await askForLetter(page, house, ada, inChinese);
    await page.getByLabel(inChinese.say("unlock.code_label")).fill(await codeTo(house, ada.email));
    await page.getByRole("button", { name: inChinese.say("unlock.code_button") }).click();
    await tries(page, ada, inChinese);
  });
});

test("with scripts they press the button behind the link of the letter, and are in", async ({
  page,
  house,
  person,
}) => {
  const ada = await person();
  await askForLetter(page, house, ada, inEnglish);
  await codeTo(house, ada.email);
  const [path = ""] = (await lettersTo(house, ada.email)).flatMap(({ text }) => text.match(/\/unlock\/unl_\S+/) ?? []);
  await page.goto(path);
  await page.getByRole("button", { name: "Let this browser try" }).click();
  await tries(page, ada, inEnglish);
});
