import { accountScreen } from "@/e2e/screens/account";
import { challengeScreen } from "@/e2e/screens/challenge";
import { loginScreen } from "@/e2e/screens/login";
import { chinese, english } from "@/e2e/screens/words";
import { expectUnsaid } from "@/e2e/support/answers";
import { codeNow } from "@/e2e/support/authenticator";
import { expect, test } from "@/e2e/support/fixtures";
import { secretOf } from "@/e2e/support/house";
import { ask, filled, formIn, post } from "@/e2e/support/http";
import { codesTo, codeTo, someNumber } from "@/e2e/support/mailbox";
import { aMinuteLater } from "@/e2e/support/send-times";
import { numberAs, walkTheSentCodePath } from "@/e2e/support/sent-code-path";

for (const scripts of [true, false]) {
  test.describe(scripts ? "with scripts" : "without scripts", () => {
    test.use({ javaScriptEnabled: scripts });

    test("a number is bound and its codes open the account", async ({ page, house, guest }) => {
      const [person, place] = [await guest(), numberAs(someNumber())];
      await walkTheSentCodePath(page, { house, person, words: english, scripts, kind: "sms", place });
    });
  });
}

test("another code comes after a minute, a third one after another, and then no more", async ({
  page,
  house,
  person,
}) => {
  const number = someNumber();
  const ada = await person({ phones: [number] });
  await loginScreen(page).does.open();
  await loginScreen(page).does.logIn(ada);
  const challenge = challengeScreen(page);
  await challenge.sees.sentTo(numberAs(number).masked);
  for (const nth of [2, 3]) {
    await aMinuteLater(house, ada);
    await page.reload();
    await challenge.does.askForNewCode();
    await codeTo(house, number, nth);
    // The message can be there before the page is, whose button has another name meanwhile: nobody reloads while the answer is under way.
    await challenge.sees.text(nth === 2 ? /You can ask for a new code in / : english.noMoreCodes);
  }
  await challenge.does.answer(await codeTo(house, number, 2), { scripts: true });
  await accountScreen(page).sees.isHere();
});

test("a code of another login opens nothing here", async ({ page, house, person, anotherBrowser }) => {
  const place = numberAs(someNumber());
  const hedy = await person({ phones: [place.to] });
  const elsewhere = await (await anotherBrowser()).newPage();
  for (const where of [page, elsewhere]) {
    await loginScreen(where).does.open();
    await loginScreen(where).does.logIn(hedy);
    await challengeScreen(where).sees.sentTo(place.masked);
  }
  await challengeScreen(page).does.answer(await codeTo(house, place.to, 2), { scripts: true });
  await challengeScreen(page).sees.sentence(english.wrongSms);
  await challengeScreen(page).does.answer(await codeTo(house, place.to), { scripts: true });
  await accountScreen(page).sees.isHere();
});

test.describe("once more without scripts", () => {
  test.use({ javaScriptEnabled: false });

  test("of two numbers the other one can be asked for, and a new code goes there again", async ({
    page,
    house,
    person,
  }) => {
    const [first, second] = [numberAs(someNumber()), numberAs(someNumber())];
    const grace = await person({ phones: [first.to, second.to] });
    await loginScreen(page).does.open();
    await loginScreen(page).does.logIn(grace);
    const challenge = challengeScreen(page);
    await challenge.sees.sentTo(first.masked);
    await aMinuteLater(house, grace);
    await page.reload();
    await challenge.does.askForCodeTo(second.masked);
    await challenge.sees.text(`We sent a code to ${second.masked}.`);
    await aMinuteLater(house, grace);
    await page.reload();
    await challenge.does.askForNewCode();
    await challenge.sees.text(english.noMoreCodes);
    const code = await codeTo(house, second.to, 2);
    expect(await codesTo(house, first.to)).toHaveLength(1);
    await challenge.does.answer(code, { scripts: false });
    await accountScreen(page).sees.isHere();
  });

  test("a text message as another way is sent by a button, never by a visit", async ({ page, house, person }) => {
    const place = numberAs(someNumber());
    const alan = await person({ apps: 1, phones: [place.to] });
    await loginScreen(page).does.open();
    await loginScreen(page).does.logIn(alan);
    const challenge = challengeScreen(page);
    await challenge.sees.isHere();
    await page.goto("/challenge/sms");
    await challenge.sees.text("No code was sent yet.");
    await challenge.does.chooseAnotherWay();
    expect(await house.sql("SELECT 1 FROM one_time_codes WHERE user_id = $1", [alan.userId])).toEqual([]);
    await challenge.does.chooseSms();
    await challenge.sees.sentTo(place.masked);
    await challenge.does.chooseAnotherWay();
    await page.getByRole("link", { name: english.wayTotp }).click();
    await challenge.does.answer(codeNow(secretOf(alan)), { scripts: false });
    await accountScreen(page).sees.isHere();
  });
});

test.describe("before a minute has passed", () => {
  test.use({ javaScriptEnabled: false });

  test("the server refuses another code, whatever the page offers, and says none to a program that has the password", async ({
    page,
    house,
    person,
    address,
  }) => {
    const place = numberAs(someNumber());
    const katherine = await person({ phones: [place.to] });
    await loginScreen(page).does.open();
    await loginScreen(page).does.logIn(katherine);
    const challenge = challengeScreen(page);
    await challenge.sees.text(/You can ask for a new code from \d\d:\d\d UTC on\./);
    await challenge.does.askForNewCode();
    await challenge.sees.sentence(english.tooSoon);
    await challenge.does.sendCode(await codeTo(house, place.to));
    await accountScreen(page).sees.isHere();
    expect(await codesTo(house, place.to)).toHaveLength(1);

    const from = { "x-forwarded-for": address };
    const { body } = await ask(house.url, "/login", { headers: from });
    const { email: identifier, password } = katherine;
    const form = filled(formIn(body, 'name="identifier"'), { identifier, password });
    const answer = await post(house.url, "/login", form, from);
    expectUnsaid([JSON.stringify(answer)], [await codeTo(house, place.to, 2)], "second-door");
  });
});

test("the wait turns into the button by itself, and what was typed stays when sending is refused", async ({
  page,
  person,
}) => {
  const place = numberAs(someNumber());
  const edsger = await person({ phones: [place.to] });
  await page.clock.install();
  await loginScreen(page).does.open();
  await loginScreen(page).does.logIn(edsger);
  const challenge = challengeScreen(page);
  await challenge.sees.text(/You can ask for a new code in /);
  await challenge.sees.noNewCodeOnOffer();
  await page.clock.fastForward("01:01");
  await challenge.sees.newCodeOnOffer();
  await page.getByLabel(english.code, { exact: true }).fill("123");
  await challenge.does.askForNewCode();
  await challenge.sees.sentence(english.tooSoon);
  await expect(page.getByLabel(english.code, { exact: true })).toHaveValue("123");
});

test.describe("in Chinese", () => {
  test.use({ locale: "zh-CN" });

  test("a number is bound and its codes open the account", async ({ page, house, guest }) => {
    const [person, place] = [await guest(), numberAs(someNumber())];
    await walkTheSentCodePath(page, { house, person, words: chinese, scripts: true, kind: "sms", place });
  });
});
