import { accountScreen } from "@/e2e/screens/account";
import { challengeScreen } from "@/e2e/screens/challenge";
import { enrolmentScreen } from "@/e2e/screens/enrolment";
import { loginScreen } from "@/e2e/screens/login";
import { codeNow } from "@/e2e/support/authenticator";
import { expect, test } from "@/e2e/support/fixtures";
import { secretOf } from "@/e2e/support/house";
import { elevenMinutesAgo, settle } from "@/e2e/support/settled";

test("a second app is added without new recovery codes", async ({ page, guest }) => {
  await guest({ apps: 1, codes: true });
  const account = accountScreen(page);
  await account.does.open();
  await account.does.addApp();
  const enrolment = enrolmentScreen(page);
  await enrolment.does.confirm(codeNow(await enrolment.does.readSecret()));
  await account.sees.isHere();
  await account.sees.text("2 are set up.");
  await account.sees.text("you have 10 recovery codes.");
});

test("the sixth app is refused with a sentence that says what to do", async ({ page, guest }) => {
  await guest({ apps: 5 });
  const account = accountScreen(page);
  await account.does.open();
  await account.sees.text("5 are set up.");
  await account.does.addApp();
  await account.sees.sentence("You have 5 of this kind already. Remove one before you add another.");
});

test("an app is renamed; an empty name is refused and what was typed stays", async ({ page, guest }) => {
  const ada = await guest({ apps: 1 });
  const account = accountScreen(page);
  await account.does.open();
  await page.getByRole("link", { name: "Manage Phone 1" }).click();
  const name = page.getByRole("textbox", { name: "Name" });
  await name.fill("Käte's 手机 ☎");
  await page.getByRole("button", { name: "Save name" }).click();
  await account.sees.notice("The name is saved.");
  await expect(page).toHaveURL(`/security/factors/${ada.factorIds[0]}?done=named`);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Käte's 手机 ☎");
  await expect(name).toHaveValue("Käte's 手机 ☎");
  await name.fill("   ");
  await page.getByRole("button", { name: "Save name" }).click();
  await account.sees.sentence("Give it a name of 1 to 64 characters.");
});

test("one of two apps is removed: it opens nothing any more, the other one does", async ({ page, guest }) => {
  const grace = await guest({ apps: 2 });
  const [removed = "", left = ""] = grace.secrets;
  const account = accountScreen(page);
  await account.does.open(`/security/factors/${grace.factorIds[0]}`);
  await account.sees.text("one other factor still protects your account");
  await page.getByRole("link", { name: "Remove" }).click();
  await expect(page.getByRole("main").getByRole("listitem")).toHaveText(["Phone 2"]);
  await page.getByRole("button", { name: "Remove" }).click();
  await account.sees.notice("The second factor is removed.");
  await account.sees.text("One is set up.");
  await account.does.logOut();
  await loginScreen(page).does.logIn(grace);
  const challenge = challengeScreen(page);
  await challenge.does.typeCode(codeNow(removed));
  await challenge.sees.wrongCode();
  await challenge.does.typeCode(codeNow(left));
  await account.sees.isHere();
});

test("removing asks for a fresh proof, then the question, and nothing goes before it is answered with yes", async ({
  page,
  guest,
  house,
}) => {
  const alan = await guest({ apps: 1, codes: true });
  await settle(house, alan);
  const account = accountScreen(page);
  await account.does.open(`/security/factors/${alan.factorIds[0]}`);
  await elevenMinutesAgo(house, alan.session.id);
  await page.getByRole("link", { name: "Remove" }).click();
  const challenge = challengeScreen(page);
  await challenge.does.goOn();
  await challenge.sees.isHere();
  await challenge.does.typeCode(codeNow(secretOf(alan)));
  await expect(page.getByRole("heading", { level: 1, name: "Remove Phone 1?" })).toBeVisible();
  await account.sees.text("only your password protects the account");
  await page.getByRole("link", { name: "Keep it" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Phone 1" })).toBeVisible();
  await page.getByRole("link", { name: "Remove" }).click();
  await page.getByRole("button", { name: "Remove" }).click();
  await account.sees.notice("The second factor is removed.");
  await account.sees.text("Only your password protects this account.");
  const codes = await house.sql("SELECT 1 FROM recovery_codes WHERE user_id = $1 AND used_at IS NULL", [alan.userId]);
  expect(codes).toEqual([]);
});

test("where policy asks for a factor the last one can be replaced but not removed", async ({ page, guest }) => {
  const katherine = await guest({ apps: 1, isAdmin: true });
  const account = accountScreen(page);
  await account.does.open(`/security/factors/${katherine.factorIds[0]}`);
  await account.sees.text("can be replaced but not removed");
  await expect(page.getByRole("link", { name: "Remove" })).toHaveCount(0);
  await expect(page.getByRole("button", { name: "Replace" })).toBeVisible();
});

test("somebody else's app is not found", async ({ page, guest, person }) => {
  await guest({ apps: 1 });
  const hedy = await person({ apps: 1 });
  const answer = await page.goto(`/security/factors/${hedy.factorIds[0]}`);
  expect(answer?.status()).toBe(404);
});
