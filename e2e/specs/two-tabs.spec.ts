import type { BrowserContext, Page } from "@playwright/test";
import { accountScreen } from "@/e2e/screens/account";
import { challengeScreen } from "@/e2e/screens/challenge";
import { loginScreen } from "@/e2e/screens/login";
import { codeNow } from "@/e2e/support/authenticator";
import { expect, test } from "@/e2e/support/fixtures";
import { letCodesBeFresh, type Resident, secretOf } from "@/e2e/support/house";
import { elevenMinutesAgo } from "@/e2e/support/settled";

const places = ["/security/password", "/security/recovery-codes"] as const;

/** Two tabs of one browser, each on its way to a place of its own, both at the second door. */
async function twoTabs(context: BrowserContext, person: Resident, wanted: readonly (string | undefined)[] = places) {
  const tabs = await Promise.all([context.newPage(), context.newPage()]);
  for (const [at, page] of tabs.entries()) await loginScreen(page).does.open(wanted[at]);
  for (const page of tabs) {
    await loginScreen(page).does.logIn(person);
    await challengeScreen(page).sees.isHere();
  }
  return tabs;
}

const at = (page: Page, path: string) => expect(page).toHaveURL(new RegExp(`${path}$`));

for (const scripts of [true, false]) {
  test.describe(scripts ? "with scripts" : "without scripts", () => {
    test.use({ javaScriptEnabled: scripts });

    for (const [story, order] of [
      ["the first tab first", [0, 1]],
      ["the second tab first", [1, 0]],
    ] as const) {
      test(`two tabs, two destinations, ${story}: each arrives at its own`, async ({ context, person }) => {
        const grace = await person({ apps: 1, codes: true });
        const tabs = await twoTabs(context, grace);
        for (const place of order) {
          const page = tabs[place];
          await challengeScreen(page).does.answer(codeNow(secretOf(grace)), { scripts });
          await at(page, places[place]);
        }
      });
    }

    test("a tab that wanted nothing special is not sent where the other one goes", async ({ context, person }) => {
      const alan = await person({ apps: 1 });
      const [plain, other] = await twoTabs(context, alan, [undefined, places[0]]);
      await challengeScreen(plain).does.answer(codeNow(secretOf(alan)), { scripts });
      await accountScreen(plain).sees.isHere();
      await other.reload();
      await at(other, places[0]);
    });

    test("the destination stays with its tab through a wrong code, another way and the list of ways", async ({
      context,
      person,
      house,
    }) => {
      const ada = await person({ apps: 1, phones: ["+12025550143"], codes: true });
      const [first, second] = await twoTabs(context, ada);
      const challenge = challengeScreen(first);
      await challenge.does.answer("000000", { scripts });
      await challenge.sees.wrongCode();
      await challenge.does.chooseAnotherWay();
      await challenge.does.chooseSms();
      await challenge.does.chooseAnotherWay();
      await first.getByRole("link", { name: "authenticator app" }).click();
      await letCodesBeFresh(house, ada);
      await challenge.does.answer(codeNow(secretOf(ada)), { scripts });
      await at(first, places[0]);
      await second.reload();
      await at(second, places[1]);
    });
  });
}

test("a step-up carries its destination too: two tabs with two dangerous pages", async ({ context, guest, house }) => {
  const hedy = await guest({ apps: 1, codes: true });
  await elevenMinutesAgo(house, hedy.session.id);
  const wanted = ["/security/password", "/security/factors/new"] as const;
  const tabs = await Promise.all([context.newPage(), context.newPage()]);
  await tabs[0].goto(wanted[0]);
  await challengeScreen(tabs[0]).does.goOn();
  await tabs[1].goto(wanted[1]);
  await accountScreen(tabs[1]).does.start();
  for (const page of tabs) await challengeScreen(page).sees.isHere();
  await challengeScreen(tabs[0]).does.typeCode(codeNow(secretOf(hedy)));
  await at(tabs[0], wanted[0]);
  await challengeScreen(tabs[1]).does.typeCode(codeNow(secretOf(hedy)));
  await at(tabs[1], wanted[1]);
});

test("the destination that a form carries is read like any other: nothing of another site", async ({
  page,
  person,
}) => {
  const barbara = await person({ apps: 1 });
  await loginScreen(page).does.open("/security/password");
  await loginScreen(page).does.logIn(barbara);
  await challengeScreen(page).sees.isHere();
  await page
    .locator('input[name="returnTo"]')
    .first()
    .evaluate((field) => field.setAttribute("value", "//evil.example.test/"));
  await challengeScreen(page).does.typeCode(codeNow(secretOf(barbara)));
  await accountScreen(page).sees.isHere();
});
