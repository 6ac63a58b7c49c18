import { accountScreen } from "@/e2e/screens/account";
import { alarmScreen } from "@/e2e/screens/alarm";
import { loginScreen } from "@/e2e/screens/login";
import { resetScreen } from "@/e2e/screens/reset";
import { raiseAlarm } from "@/e2e/support/alarm";
import { cookieLine } from "@/e2e/support/cookies";
import { expect, test } from "@/e2e/support/fixtures";
import { moveIn } from "@/e2e/support/house";
import { ask } from "@/e2e/support/http";
import { resetPathTo } from "@/e2e/support/mailbox";
import { withAddress } from "@/lib/testing/with-address";

const secret = "nine calm otters under a bridge";

for (const scripts of [true, false]) {
  test.describe(scripts ? "with scripts" : "without scripts", () => {
    test.use({ javaScriptEnabled: scripts });

    test("somebody who was not it ends every session, gets a letter, chooses a new password and is in again", async ({
      page,
      house,
    }) => {
      const ada = await moveIn(house);
      const { path, cookie } = await raiseAlarm(house, ada);
      const alarm = alarmScreen(page);
      await page.goto(path);
      await alarm.sees.isOpen();
      await expect(page.getByText(ada.email)).toHaveCount(0);
      await alarm.does.sayNotMe();
      await alarm.sees.contained();
      const thief = await ask(house.url, "/security", {
        headers: { cookie: cookieLine(house.url, "session", cookie) },
      });
      expect([thief.status, thief.headers.location]).toEqual([307, "/login?returnTo=%2Fsecurity&session=over"]);
      await page.goto(path);
      await alarm.sees.pressed();
      await page.goto(await resetPathTo(house, ada.email));
      await resetScreen(page).does.goOn();
      await resetScreen(page).does.choose(secret);
      await loginScreen(page).does.logIn({ email: ada.email, password: secret });
      await accountScreen(page).sees.isHere();
    });

    test("somebody whose codes come by e-mail is told to ask an administrator; the old password opens nothing", async ({
      page,
      house,
    }) => {
      const hedy = await moveIn(house);
      await withAddress(house.ctx, hedy.userId, "email", hedy.email);
      const { path } = await raiseAlarm(house, hedy, "second_step.wrong");
      const nobodyNamed = page.getByText("This portal names no address for help.");
      await page.goto(path);
      await expect(page.getByRole("main").getByRole("listitem").first()).toHaveCSS("text-wrap-style", "pretty"); // no single word in a last line
      await expect(nobodyNamed).toBeVisible(); // before the press and after it
      await alarmScreen(page).does.sayNotMe();
      await alarmScreen(page).sees.contained();
      await expect(nobodyNamed).toBeVisible();
      await loginScreen(page).does.open();
      await loginScreen(page).does.logIn(hedy);
      await loginScreen(page).sees.refusal(hedy.email);
    });
  });
}

test("a mail scanner that opens every link, with GET and HEAD, changes nothing", async ({ page, house }) => {
  const grace = await moveIn(house);
  const { path, cookie } = await raiseAlarm(house, grace);
  const before = await house.sql("SELECT * FROM users WHERE id = $1", [grace.userId]);
  for (const method of ["GET", "HEAD", "GET", "HEAD"])
    expect((await ask(house.url, path, { method })).status).toBe(200);
  expect(await house.sql("SELECT * FROM users WHERE id = $1", [grace.userId])).toEqual(before);
  expect(
    (await ask(house.url, "/security", { headers: { cookie: cookieLine(house.url, "session", cookie) } })).status,
  ).toBe(200);
  await page.goto(path);
  await alarmScreen(page).sees.isOpen();
});

test("two windows with the same letter: the second press is told so and changes nothing", async ({
  page,
  house,
  anotherBrowser,
}) => {
  const { path } = await raiseAlarm(house, await moveIn(house));
  await page.goto(path);
  const second = await (await anotherBrowser()).newPage();
  await second.goto(path);
  await alarmScreen(page).does.sayNotMe();
  await alarmScreen(page).sees.contained();
  await alarmScreen(second).does.sayNotMe();
  await alarmScreen(second).sees.pressed();
});

test("in Chinese too", async ({ anotherBrowser, house }) => {
  const { path } = await raiseAlarm(house, await moveIn(house));
  const page = await (await anotherBrowser({ locale: "zh-CN" })).newPage();
  await page.goto(path);
  await expect(page.getByRole("button", { name: "这不是我本人" })).toBeVisible();
});
