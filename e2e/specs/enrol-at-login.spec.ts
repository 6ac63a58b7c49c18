import type { Page } from "@playwright/test";
import { accountScreen } from "@/e2e/screens/account";
import { challengeScreen } from "@/e2e/screens/challenge";
import { codesScreen } from "@/e2e/screens/codes";
import { enrolmentScreen } from "@/e2e/screens/enrolment";
import { loginScreen } from "@/e2e/screens/login";
import { chinese, english, type ScreenWords } from "@/e2e/screens/words";
import { codeNow } from "@/e2e/support/authenticator";
import { expect, test } from "@/e2e/support/fixtures";
import { type House, moveIn } from "@/e2e/support/house";
import { codeTo, lettersTo, someAddress, someNumber, wrongDigits } from "@/e2e/support/mailbox";
import { demandFactorOf } from "@/e2e/support/send-times";
import { addressAs, giveAndProve, numberAs } from "@/e2e/support/sent-code-path";

/** Somebody with nothing bound, of whom policy demands a factor, after the first door. */
async function atTheChoice(page: Page, house: House, words: ScreenWords = english) {
  const person = await moveIn(house);
  await demandFactorOf(house, person);
  await loginScreen(page, words).does.open("/security/password");
  await loginScreen(page, words).does.logIn(person);
  await enrolmentScreen(page, words).sees.choiceAtLogin();
  return person;
}

for (const scripts of [true, false]) {
  test.describe(scripts ? "with scripts" : "without scripts", () => {
    test.use({ javaScriptEnabled: scripts });

    test("a number is bound, and the person is in", async ({ page, house }) => {
      const person = await atTheChoice(page, house);
      const place = numberAs(someNumber());
      await enrolmentScreen(page).does.chooseNumber();
      await giveAndProve(page, { house, words: english, kind: "sms", place });
      await expect(page).toHaveURL(/\/security\/password$/);
      await accountScreen(page).does.logOut();
      await loginScreen(page).does.logIn(person);
      await challengeScreen(page).sees.sentTo(place.masked);
    });

    test("an address is bound, and the person is in", async ({ page, house }) => {
      await atTheChoice(page, house);
      await enrolmentScreen(page).does.chooseAddress();
      const place = addressAs(someAddress());
      await giveAndProve(page, { house, words: english, kind: "email", place });
      await expect(page).toHaveURL(/\/security\/password$/);
    });

    test("an app is bound, and the person is in", async ({ page, house }) => {
      await atTheChoice(page, house);
      const enrolment = enrolmentScreen(page);
      await enrolment.does.chooseApp();
      await enrolment.sees.qr();
      await enrolment.does.confirm(codeNow(await enrolment.does.readSecret()));
      await codesScreen(page).sees.codes(10);
      await codesScreen(page).does.save();
      await expect(page).toHaveURL(/\/security\/password$/);
    });

    test("the number of somebody else is bound by proof, and nothing about them changes", async ({
      page,
      house,
      anotherBrowser,
    }) => {
      const place = numberAs(someNumber());
      const owner = await moveIn(house, { phones: [place.to] });
      const all = "SELECT f.*, u.credential_version FROM factors f JOIN users u ON u.id = f.user_id WHERE u.id = $1";
      const before = await house.sql(all, [owner.userId]);
      await atTheChoice(page, house);
      await enrolmentScreen(page).does.chooseNumber();
      await giveAndProve(page, { house, words: english, kind: "sms", place });
      await expect(page).toHaveURL(/\/security\/password$/);
      expect(await house.sql(all, [owner.userId])).toEqual(before);
      await expect.poll(async () => (await lettersTo(house, owner.email)).length, "the owner is told").toBe(1);
      const theirs = await (await anotherBrowser()).newPage();
      await loginScreen(theirs).does.open();
      await loginScreen(theirs).does.logIn(owner);
      await challengeScreen(theirs).sees.sentTo(place.masked);
      await challengeScreen(theirs).does.answer(await codeTo(house, place.to, 2), { scripts });
      await accountScreen(theirs).sees.isHere();
    });
  });
}

test("another way can be chosen after one was begun", async ({ page, house }) => {
  await atTheChoice(page, house);
  const enrolment = enrolmentScreen(page);
  await enrolment.does.chooseNumber();
  const number = someNumber();
  await enrolment.does.giveNumber(number);
  await enrolment.sees.sentTo(numberAs(number).masked);
  await enrolment.does.anotherKind();
  await enrolment.sees.choiceAtLogin();
  await enrolment.does.chooseApp();
  await enrolment.does.confirm(codeNow(await enrolment.does.readSecret()));
  await codesScreen(page).sees.codes(10);
});

test.describe("once more without scripts", () => {
  test.use({ javaScriptEnabled: false });

  test("a mistyped number is corrected at once, and only the last one counts", async ({ page, house }) => {
    await atTheChoice(page, house);
    const [mistyped, right] = [numberAs(someNumber()), numberAs(someNumber())];
    const enrolment = enrolmentScreen(page);
    await enrolment.does.chooseNumber();
    await enrolment.does.giveNumber(mistyped.typed);
    await enrolment.sees.sentTo(mistyped.masked);
    await enrolment.does.anotherNumber();
    await enrolment.does.giveNumber(right.typed);
    await enrolment.sees.sentTo(right.masked);
    await enrolment.does.confirm(await codeTo(house, mistyped.to));
    await enrolment.sees.sentence(english.wrongSms);
    await enrolment.does.confirm(await codeTo(house, right.to));
    await codesScreen(page).sees.codes(10);
  });
});

test("five wrong codes end the login", async ({ page, house }) => {
  await atTheChoice(page, house);
  const enrolment = enrolmentScreen(page);
  const number = someNumber();
  await enrolment.does.chooseNumber();
  await enrolment.does.giveNumber(number);
  const wrong = wrongDigits(await codeTo(house, number));
  for (let round = 1; round <= 5; round += 1) {
    await enrolment.does.confirm(wrong);
    await enrolment.sees.sentence(english.wrongSms);
  }
  await enrolment.does.confirm(wrong);
  await challengeScreen(page).sees.expired();
});

test("cancelling leads back to the login, and nothing is bound", async ({ page, house }) => {
  const person = await atTheChoice(page, house);
  await challengeScreen(page).does.cancel();
  await loginScreen(page).sees.isHere();
  expect(await house.sql("SELECT 1 FROM factors WHERE user_id = $1", [person.userId])).toEqual([]);
});

test("whoever holds a factor answers with it and binds none here", async ({ page, house, person }) => {
  const hedy = await person({ apps: 1 });
  await demandFactorOf(house, hedy);
  await loginScreen(page).does.open();
  await loginScreen(page).does.logIn(hedy);
  await challengeScreen(page).sees.isHere();
  for (const path of ["/enrol", "/enrol/sms", "/enrol/totp", "/enrol/sms?again=1"]) {
    await page.goto(path);
    await expect(page).toHaveURL(/\/challenge\/totp$/);
  }
  const answer = await page.goto("/enrol/recovery");
  expect(answer?.status()).toBe(404);
});

test.describe("in Chinese", () => {
  test.use({ locale: "zh-CN" });

  test("a number is bound, and the person is in", async ({ page, house }) => {
    await atTheChoice(page, house, chinese);
    await enrolmentScreen(page, chinese).does.chooseNumber();
    await giveAndProve(page, { house, words: chinese, kind: "sms", place: numberAs(someNumber()) });
    await expect(page).toHaveURL(/\/security\/password$/);
  });
});
