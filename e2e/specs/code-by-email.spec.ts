import { accountScreen } from "@/e2e/screens/account";
import { challengeScreen } from "@/e2e/screens/challenge";
import { codesScreen } from "@/e2e/screens/codes";
import { enrolmentScreen } from "@/e2e/screens/enrolment";
import { loginScreen } from "@/e2e/screens/login";
import { english } from "@/e2e/screens/words";
import { expect, test } from "@/e2e/support/fixtures";
import { codeTo, someAddress } from "@/e2e/support/mailbox";
import { addressAs, walkTheSentCodePath } from "@/e2e/support/sent-code-path";
import { elevenMinutesAgo } from "@/e2e/support/settled";

for (const scripts of [true, false]) {
  test.describe(scripts ? "with scripts" : "without scripts", () => {
    test.use({ javaScriptEnabled: scripts });

    test("an address is bound and its codes open the account", async ({ page, house, guest }) => {
      const [person, place] = [await guest(), addressAs(someAddress())];
      await walkTheSentCodePath(page, { house, person, words: english, scripts, kind: "email", place });
    });
  });
}

test.describe("once more without scripts", () => {
  test.use({ javaScriptEnabled: false });

  test("whoever has a number too chooses the mail instead", async ({ page, house, person }) => {
    const place = addressAs(someAddress());
    const ada = await person({ phones: ["+12125550142"], mails: [place.to] });
    await loginScreen(page).does.open();
    await loginScreen(page).does.logIn(ada);
    const challenge = challengeScreen(page);
    await challenge.sees.sentTo("+1 ••• 142");
    await challenge.does.chooseAnotherWay();
    await challenge.does.chooseEmail();
    await challenge.sees.sentTo(place.masked);
    await challenge.does.answer(await codeTo(house, place.to), { scripts: false });
    await accountScreen(page).sees.isHere();
  });
});

test("a fresh proof of somebody with nothing but mail is the password and then a code", async ({
  page,
  house,
  guest,
}) => {
  const place = addressAs(someAddress());
  const hedy = await guest({ mails: [place.to] });
  await elevenMinutesAgo(house, hedy.session.id);
  await page.goto("/security/factors/new/sms");
  const challenge = challengeScreen(page);
  await challenge.does.goOn();
  await challenge.does.sendPassword(hedy.password);
  await challenge.sees.sentTo(place.masked);
  await challenge.does.typeCode(await codeTo(house, place.to));
  await expect(page).toHaveURL(/\/security\/factors\/new\/sms$/);
});

test("the account's own address is the first guess, and it may not be given twice", async ({ page, house, guest }) => {
  const grace = await guest();
  const account = accountScreen(page);
  await account.does.open();
  await account.does.add(english.kindEmail);
  const field = page.getByLabel(english.address, { exact: true });
  await expect(field).toHaveValue(grace.email);
  const enrolment = enrolmentScreen(page);
  await enrolment.does.giveAddress(grace.email);
  await enrolment.does.confirm(await codeTo(house, grace.email));
  await codesScreen(page).does.save();
  await account.does.add(english.kindEmail);
  await enrolment.does.giveAddress(grace.email);
  await account.sees.sentence("This one protects your account already. Give another one.");
  await expect(field).toHaveValue(grace.email);
});

test("an address is replaced: the old one works until the new one is proven, and not after", async ({
  page,
  house,
  guest,
}) => {
  const [old, fresh] = [addressAs(someAddress()), addressAs(someAddress())];
  const alan = await guest({ mails: [old.to], codes: true });
  const account = accountScreen(page);
  await account.does.open(`/security/factors/${alan.factorIds[0]}`);
  await account.sees.text(old.masked);
  await page.getByRole("link", { name: english.replace }).click();
  const enrolment = enrolmentScreen(page);
  await enrolment.does.giveAddress(fresh.typed);
  await enrolment.sees.sentTo(fresh.masked);
  await expect(page.getByText("keeps working until the new one is confirmed")).toBeVisible();
  await enrolment.does.confirm(await codeTo(house, fresh.to));
  await account.sees.isHere();
  await account.sees.text(fresh.masked);
  await account.does.logOut();
  await loginScreen(page).does.logIn(alan);
  await challengeScreen(page).sees.sentTo(fresh.masked);
});
