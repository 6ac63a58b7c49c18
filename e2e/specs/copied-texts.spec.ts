import type { Page } from "@playwright/test";
import { accountScreen } from "@/e2e/screens/account";
import { challengeScreen } from "@/e2e/screens/challenge";
import { loginScreen } from "@/e2e/screens/login";
import { english } from "@/e2e/screens/words";
import { codeNow } from "@/e2e/support/authenticator";
import { untilAwake } from "@/e2e/support/awake";
import { expect, test } from "@/e2e/support/fixtures";
import { type Resident, secretOf } from "@/e2e/support/house";

async function toSecondDoor(page: Page, person: Resident) {
  await loginScreen(page).does.open();
  await loginScreen(page).does.logIn(person);
  await challengeScreen(page).sees.isHere();
  await untilAwake(page);
}

/** As the clipboard hands it over: all at once. */
const paste = async (page: Page, text: string) => {
  await page.getByLabel(english.code, { exact: true }).focus();
  await page.keyboard.insertText(text);
};

/** The forms that the page has sent since. */
function posts(page: Page): string[] {
  const sent: string[] = [];
  page.on("request", (request) => void (request.method() === "POST" && sent.push(new URL(request.url()).pathname)));
  return sent;
}

for (const [what, around] of [
  ["a sentence", (code: string) => `Your code: ${code.slice(0, 3)} ${code.slice(3)}.`],
  ["marks that nobody sees", (code: string) => `\u200e${code.slice(0, 3)}\u2011${code.slice(3)}\u200b`],
  ["Arabic digits", (code: string) => code.replace(/\d/g, (digit) => "٠١٢٣٤٥٦٧٨٩".charAt(Number(digit)))],
] as const) {
  test(`a code that is pasted with ${what} goes off by itself, once, and opens the account`, async ({
    page,
    person,
  }) => {
    const ada = await person({ apps: 1 });
    await toSecondDoor(page, ada);
    const sent = posts(page);
    await paste(page, around(codeNow(secretOf(ada))));
    await accountScreen(page).sees.isHere();
    expect(sent).toEqual(["/challenge/totp"]);
  });
}
