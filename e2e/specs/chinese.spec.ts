import type { Page } from "@playwright/test";
import { loginScreen } from "@/e2e/screens/login";
import { chinese } from "@/e2e/screens/words";
import { giveCookie, openAppSessionOf, openSessionOf } from "@/e2e/support/entry";
import { expect, test } from "@/e2e/support/fixtures";
import { type House, invite, type Resident } from "@/e2e/support/house";
import { someNumber } from "@/e2e/support/mailbox";
import { walkTheMainPath } from "@/e2e/support/main-path";
import { prove } from "@/e2e/support/proven";
import { ledTo } from "@/e2e/support/stage";
import { newUnlockToken } from "@/lib/unlocks/token";

test.describe("a browser that asks for Chinese", () => {
  test.use({ locale: "zh-CN" });

  test("the main path, from the invitation to the spent recovery code", async ({ page, house }) => {
    await walkTheMainPath(page, { ...(await invite(house)), words: chinese, scripts: true });
  });

  test("no page leaves an English word beside the Chinese ones", async ({ page, guest }) => {
    const ada = await guest({ apps: 1, codes: true, phones: ["+12125550177"] });
    const paths = [
      "/security",
      "/security/password",
      "/security/recovery-codes",
      "/security/factors/new",
      "/security/factors/new/sms",
      "/security/factors/new/email",
      `/security/factors/${ada.factorIds[0]}`,
      `/security/factors/${ada.factorIds[1]}`,
      `/security/factors/new/sms?replaces=${ada.factorIds[1]}`,
    ];
    await readsChinese(page, [...paths, "/challenge/expired", "/setup", "/nothing-here"], [ada.email]);
  });

  test("nor does a page of what an owner sees and ends, or one of those who come without a login", async ({
    page,
    guest,
    house,
    anotherBrowser,
  }) => {
    const ada = await guest({ apps: 1, codes: true });
    const { app } = await openAppSessionOf(house, ada);
    const other = await openSessionOf(house, ada);
    const further = await withFurther(house, ada);
    for (const table of ["devices", "sessions"])
      await house.sql(`UPDATE ${table} SET agent = $2 WHERE user_id = $1`, [ada.userId, chrome]);
    await house.sql("UPDATE users SET phone = $2, name = '艾达' WHERE id = $1", [ada.userId, someNumber()]);
    const [device] = await house.sql("SELECT id FROM devices WHERE user_id = $1", [ada.userId]);
    const inside = [
      ...["sessions", `sessions/${ada.session.id}`, `sessions/${other.id}`, "sessions/others", `sessions/apps/${app}`],
      ...["devices", `devices/${device?.id}`, `devices/${device?.id}/forget`, "devices/others", "activity"],
      ...["contacts", "contacts/login", "contacts/further", "contacts/phone", "contacts/remove-phone"],
      ...[`contacts/remove/${further.id}`, "profile", "data", "data/delete", "lock", "password/forgotten"],
    ].map((page) => `/security/${page}`);
    const own = [ada.email, further.address];
    await readsChinese(page, inside, own);
    await page.goto("/security/data/delete");
    await page.locator("main button[type=submit]").first().click();
    await expect(page.locator('a[href^="/security/waiting/"]').first()).toBeVisible();
    const waiting = await page.locator('a[href^="/security/waiting/"]').first().getAttribute("href");
    await readsChinese(page, ["/security", waiting ?? ""], own);
    const outside = await (await anotherBrowser()).newPage();
    const doors = ["login", "forgot-password", "register", "register/sent", "unlock", "unlock/code"];
    const news = [
      "forgot-password?sent=1",
      "login?reset=1",
      "login?unlocked=1",
      "login?locked=letter",
      "alarm/contained?done=letter",
      "alarm/contained?done=administrators",
      "revert/done?done=reverted",
    ];
    const over = ["reset-password", "register", "welcome", "unlock", "revert", "veto", "alarm"].map(
      (of) => `${of}/over`,
    );
    await readsChinese(
      outside,
      [...doors, "alarm/contained", ...over].map((path) => `/${path}`),
      [],
    );
    await giveCookie(house, outside.context(), "unlock", newUnlockToken(house.ctx, "unw_"));
    await readsChinese(outside, ["/unlock/code"], []);
    for (const path of news) {
      await ledTo({ house, page: outside, context: outside.context() }, `/${path}`);
      await readsChinese(outside, [`/${path}`], []);
    }
  });
});

const chrome = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36";

/** A mailbox of theirs that is told too. */
async function withFurther(
  house: House,
  { userId }: Resident,
): Promise<{ readonly id: string; readonly address: string }> {
  const address = await prove(house, userId, "further");
  const [row] = await house.sql("SELECT id FROM notice_addresses WHERE user_id = $1", [userId]);
  return { id: String(row?.id), address };
}

/** Names of things that have no other in Chinese. */
const names = [
  "Sallyport",
  "Phone",
  "sms",
  "English",
  "QR",
  "Chrome",
  "Chromium",
  "Linux",
  "JSON",
  "CSV",
  "UTC",
  "IP",
  "https",
];

/** Each page says nothing in English: what is seen, what is read out in its place, and its title. `own`: what the person has typed themselves. */
async function readsChinese(page: Page, paths: readonly string[], own: readonly string[]): Promise<void> {
  for (const path of paths) {
    await page.goto(path);
    await expect(page.locator("html")).toHaveAttribute("lang", "zh-Hans");
    const references = await page.locator('code, [lang="en"]').allInnerTexts();
    const readOut = await page
      .locator("[aria-label], [title], [placeholder], img[alt]")
      .evaluateAll((all) =>
        all.flatMap((one) => ["aria-label", "title", "placeholder", "alt"].map((name) => one.getAttribute(name) ?? "")),
      );
    const said = [await page.title(), await page.innerText("body"), ...readOut].join("\n");
    const text = [...own, "npm run portal -- setup-link", ...references].reduce(
      (all, part) => all.replaceAll(part, ""),
      said,
    );
    const words = text.match(/[A-Za-z]{2,}/g) ?? [];
    expect(
      words.filter((word) => !names.includes(word)),
      path,
    ).toEqual([]);
  }
}

test("the language can be chosen and stays, what was typed as well", async ({ page }) => {
  const login = loginScreen(page);
  await login.does.open();
  await page.getByLabel("Email, username or phone").fill("ada@example.test");
  await page.getByRole("button", { name: "简体中文" }).click();
  await expect(page.getByLabel(chinese.identifier)).toHaveValue("ada@example.test");
  await page.reload();
  await loginScreen(page, chinese).sees.isHere();
  await page.getByRole("button", { name: "English" }).click();
  await login.sees.isHere();
});
