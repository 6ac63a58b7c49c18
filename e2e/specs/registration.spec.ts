import type { Page } from "@playwright/test";
import { accountScreen } from "@/e2e/screens/account";
import { challengeScreen } from "@/e2e/screens/challenge";
import { codesScreen } from "@/e2e/screens/codes";
import { enrolmentScreen } from "@/e2e/screens/enrolment";
import { firstAccountScreen } from "@/e2e/screens/first-account";
import { loginScreen } from "@/e2e/screens/login";
import { codeNow } from "@/e2e/support/authenticator";
import { expect, test } from "@/e2e/support/fixtures";
import type { House } from "@/e2e/support/house";
import { ask as httpAsk } from "@/e2e/support/http";
import { lettersTo, someAddress } from "@/e2e/support/mailbox";
import { manners } from "@/e2e/support/manners";
import { withOwnPortal } from "@/e2e/support/own-portal";
import { userNameOf } from "@/e2e/support/password-managers";

type Spoken = Pick<(typeof manners)[number], "words" | "say">;
const [inEnglish] = manners;
const secret = "nine calm otters under a bridge";

/** From the login page on, wherever that is. */
async function ask(page: Page, email: string, { words, say }: Spoken = inEnglish): Promise<void> {
  await page.goto("/login");
  await page.getByRole("link", { name: say("register.offer_link") }).click();
  await page.getByLabel(words.email, { exact: true }).fill(email);
  await page.getByRole("button", { name: say("register.submit_button") }).click();
  await expect(page.getByRole("heading", { level: 1, name: say("register.sent_title") })).toBeVisible();
}

async function choose(page: Page, password: string, { words, say }: Spoken = inEnglish): Promise<void> {
  await page.getByLabel(words.password, { exact: true }).fill(password);
  await page.getByRole("button", { name: say("register.choose_button") }).click();
}

/** The newest letter to an address, once the outbox worker was there. */
async function letterTo(house: Pick<House, "dataDir">, email: string) {
  await expect.poll(async () => (await lettersTo(house, email)).length).toBeGreaterThan(0);
  return (await lettersTo(house, email)).at(-1);
}

const linkIn = (text = "") => new URL(text.match(/http\S+\/register\/reg_[\w-]{43}/)?.[0] ?? "http://none/").pathname;

for (const spoken of manners) {
  const { manner, scripts, locale, words, say } = spoken;
  test.describe(manner, () => {
    test.use({ javaScriptEnabled: scripts, locale });

    test("somebody makes an account: an address, a letter, a password, and they are in", async ({
      page,
      context,
      house,
    }) => {
      const email = someAddress();
      await ask(page, email, spoken);
      const letter = await letterTo(house, email);
      expect(letter?.subject).toBe(scripts ? "Your account at Sallyport" : "您的 Sallyport 账户");
      const link = linkIn(letter?.text);
      await page.goto(link);
      await page.reload();
      await expect(page.getByText(say("register.choose", { email }))).toBeVisible();
      expect(await userNameOf(page)).toEqual([email]);
      await choose(page, "too short", spoken);
      const door = firstAccountScreen(page, words);
      await door.sees.sentence(/This password is too short\.|密码太短。/);
      await context.clearCookies();
      await choose(page, secret, spoken);
      await door.sees.sentence(say("cookies.not_kept"));
      await choose(page, secret, spoken);
      const account = accountScreen(page, words);
      await account.sees.isHere();
      await account.sees.text(say("security.unprotected"));
      await page.goto(link); // whoever used it goes on where they are
      await account.sees.isHere();
      await account.does.logOut();
      await page.goto(link);
      await door.sees.closed();
      await loginScreen(page, words).does.open();
      await loginScreen(page, words).does.logIn({ email, password: secret });
      await account.sees.isHere();
    });
  });
}

test("somebody who has an account sees the same page, and reads in the letter that they have one", async ({
  page,
  house,
  person,
}) => {
  const ada = await person();
  await ask(page, ada.email.toUpperCase());
  const letter = await letterTo(house, ada.email);
  expect(letter?.subject).toBe("You have an account at Sallyport already");
  expect(letter?.text).toMatch(/^http:\S+\/login$/m);
  expect(letter?.text).not.toContain("/register/");
});

test("where everybody needs a second factor, whoever registers is led to one, and is in when it is bound", async ({
  anotherBrowser,
}) => {
  await withOwnPortal({ settings: { SECOND_FACTOR: "everyone" } }, async ({ url, dataDir }) => {
    const page = await (await anotherBrowser({ baseURL: url })).newPage();
    const email = someAddress();
    await ask(page, email);
    await page.goto(linkIn((await letterTo({ dataDir }, email))?.text));
    await choose(page, secret);
    const enrolment = enrolmentScreen(page);
    await enrolment.sees.choiceAtLogin();
    await page.goto("/security");
    await loginScreen(page).sees.isHere();
    await page.goto("/challenge");
    await enrolment.does.chooseApp();
    await enrolment.does.confirm(codeNow(await enrolment.does.readSecret()));
    await codesScreen(page).sees.codes(10);
    await codesScreen(page).does.save();
    await accountScreen(page).sees.isHere();
    await accountScreen(page).does.logOut();
    await loginScreen(page).does.logIn({ email, password: secret });
    await challengeScreen(page).sees.isHere();
  });
});

test("where accounts come by invitation there is no such page, and the login says whom to ask", async () => {
  await withOwnPortal({ settings: { REGISTRATION: "invitation" } }, async ({ url }) => {
    for (const path of ["/register", "/register/sent", "/register/reg_x"])
      expect((await httpAsk(url, path)).status).toBe(404);
    const { body } = await httpAsk(url, "/login");
    expect(body).toContain("Accounts here are made by invitation");
    expect(body).not.toContain('href="/register"');
  });
});
