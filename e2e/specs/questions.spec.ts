import { accountScreen } from "@/e2e/screens/account";
import { codesScreen } from "@/e2e/screens/codes";
import { expect, test } from "@/e2e/support/fixtures";

for (const scripts of [true, false]) {
  test.describe(scripts ? "with scripts" : "without scripts", () => {
    test.use({ javaScriptEnabled: scripts });

    test("no press by itself makes the codes that somebody keeps worthless", async ({ page, guest, house }) => {
      const grace = await guest({ apps: 1, codes: true });
      const unused = () => house.sql("SELECT id FROM recovery_codes WHERE user_id = $1 ORDER BY id", [grace.userId]);
      const before = await unused();
      const account = accountScreen(page);
      await account.does.open("/security/recovery-codes");
      await page.getByRole("link", { name: "Make new codes" }).click();
      await expect(page.getByRole("heading", { level: 1, name: "Make new codes?" })).toBeVisible();
      await account.sees.text("The 10 codes that you still have stop working at once");
      expect(await unused()).toEqual(before);
      await page.getByRole("link", { name: "Keep the ones I have" }).click();
      await expect(page).toHaveURL(/\/security\/recovery-codes$/);
      expect(await unused()).toEqual(before);
      await account.does.makeCodes();
      await codesScreen(page).sees.codes(10);
    });
  });
}

test("the question about a factor that is nobody's, or not one's own, is not found", async ({
  page,
  guest,
  person,
}) => {
  await guest({ apps: 1 });
  const hedy = await person({ apps: 1 });
  for (const id of [hedy.factorIds[0], "nothing-here-for-anyone"]) {
    expect((await page.goto(`/security/factors/${id}/remove`))?.status()).toBe(404);
  }
});

test("where a factor has to stay its question leads back to the page that says why", async ({ page, guest }) => {
  const katherine = await guest({ apps: 1, isAdmin: true });
  await page.goto(`/security/factors/${katherine.factorIds[0]}/remove`);
  await expect(page).toHaveURL(new RegExp(`/security/factors/${katherine.factorIds[0]}$`));
  await accountScreen(page).sees.text("can be replaced but not removed");
});
