import type { Page } from "@playwright/test";
import { accountScreen } from "@/e2e/screens/account";
import { codesScreen } from "@/e2e/screens/codes";
import { enrolmentScreen } from "@/e2e/screens/enrolment";
import { codeNow } from "@/e2e/support/authenticator";
import { letIn } from "@/e2e/support/entry";
import { expect, test } from "@/e2e/support/fixtures";

const replaced = "This set-up was replaced in another tab";

/** One more tab in which an app is set up, and the secret that it shows. */
async function enrolIn(page: Page): Promise<string> {
  await page.goto("/security/factors/new");
  await page.getByRole("button", { name: "Start" }).first().click();
  await enrolmentScreen(page).sees.isHere();
  return enrolmentScreen(page).does.readSecret();
}

for (const scripts of [true, false]) {
  test.describe(scripts ? "with scripts" : "without scripts", () => {
    test.use({ javaScriptEnabled: scripts });

    test("a picture that was replaced in another tab is told so, and the way on leads to the newest one", async ({
      page,
      context,
      person,
      house,
    }) => {
      const ada = await person({});
      await letIn(house, context, ada);
      const old = await enrolIn(page);
      const other = await context.newPage();
      const newer = await enrolIn(other);
      const enrolment = enrolmentScreen(page);
      await enrolment.does.name("Work phone");
      await enrolment.does.confirm(codeNow(old));
      await enrolment.sees.sentence(replaced);
      await expect(page.getByLabel("Name", { exact: true })).toHaveValue("Work phone");
      await page.getByRole("link", { name: "Show the newest one" }).click();
      expect(await enrolment.does.readSecret()).toBe(newer);
      await enrolment.does.confirm(codeNow(newer));
      await codesScreen(page).sees.codes(10);
    });

    test("codes that were replaced in another tab are not put away as saved", async ({
      page,
      context,
      person,
      house,
    }) => {
      const grace = await person({ apps: 1 });
      await letIn(house, context, grace);
      const make = async (tab: Page) => {
        await tab.goto("/security/recovery-codes");
        await accountScreen(tab).does.makeCodes();
        return codesScreen(tab).does.read();
      };
      await make(page);
      const newer = await make(await context.newPage());
      await codesScreen(page).does.save();
      await accountScreen(page).sees.sentence("New codes were made in another tab.");
      await page.getByRole("link", { name: "Show the new codes" }).click();
      expect(await codesScreen(page).does.read()).toEqual(newer);
      await codesScreen(page).does.save();
      await accountScreen(page).sees.isHere();
    });
  });
}
