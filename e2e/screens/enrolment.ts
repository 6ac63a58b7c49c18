import { expect, type Page } from "@playwright/test";
import { english } from "@/e2e/screens/words";
import { untilAwake } from "@/e2e/support/awake";

/** Setting up, or replacing, a factor. */
export function enrolmentScreen(page: Page, words = english) {
  const code = page.getByLabel(words.code, { exact: true });
  const picture = page.getByRole("img", { name: /QR|二维码/ });
  let last = "";
  return {
    does: {
      /** The key as text, the way a person without a camera types it over. */
      async readSecret(): Promise<string> {
        return (await page.getByRole("code").first().innerText()).replaceAll(/\s/g, "");
      },
      /** The list of kinds, between the two doors: what needs nothing typed is a button, the others are links. */
      chooseApp: () => page.getByRole("button", { name: words.kindTotp }).click(),
      chooseNumber: () => page.getByRole("link", { name: words.kindSms }).click(),
      chooseAddress: () => page.getByRole("link", { name: words.kindEmail }).click(),
      readLink: () => page.locator('a[href^="otpauth:"]').getAttribute("href"),
      async giveNumber(text: string) {
        await page.getByLabel(words.number, { exact: true }).fill(text);
        await page.getByRole("button", { name: words.sendCode, exact: true }).click();
      },
      async giveAddress(text: string) {
        await page.getByLabel(words.address, { exact: true }).fill(text);
        await page.getByRole("button", { name: words.sendCode, exact: true }).click();
      },
      anotherNumber: () => page.getByRole("link", { name: words.anotherNumber }).click(),
      anotherKind: () => page.getByRole("link", { name: words.anotherKind }).click(),
      name: (label: string) => page.getByLabel(words.name, { exact: true }).fill(label),
      /** With scripts the form goes off by itself at the last digit, once for each code; else by the button. */
      async confirm(text: string) {
        await expect(code).toBeVisible();
        const sendsItself = await page.getByText(words.sendsItself).isVisible();
        if (sendsItself) await untilAwake(page);
        await code.fill(text);
        const isWhole = [6, 8].includes(text.replace(/\D/g, "").length) && text !== last;
        last = text;
        if (!sendsItself || !isWhole) await page.getByRole("button", { name: words.confirm }).click();
      },
      /** The digits and nothing else: what follows was sent by the last of them. */
      async typeCode(text: string) {
        await expect(code).toBeVisible();
        await untilAwake(page);
        await code.fill(text);
      },
      cancel: () => page.getByRole("button", { name: words.cancel }).click(),
    },
    sees: {
      async isHere() {
        await expect(page).toHaveURL(/\/security\/factors\/new\/totp$/);
        await expect(code).toBeVisible();
      },
      /** The list of kinds, between the two doors. */
      async choiceAtLogin() {
        await expect(page).toHaveURL(/\/enrol(\?|$)/);
        await expect(page.getByRole("heading", { level: 1, name: words.enrolTitle })).toBeVisible();
      },
      /** A code went to this address (masked), and there is a field for it. */
      async sentTo(masked: string) {
        await expect(page.getByRole("main")).toContainText(masked);
        await expect(code).toBeVisible();
      },
      qr: () => expect(picture).toBeVisible(),
      /** In a window of this height: what the phone is shown stands beside what it shows, and nobody scrolls from one to the other. */
      async codeBesidePicture(height: number) {
        const [shown, field] = [await picture.boundingBox(), await code.boundingBox()];
        if (shown === null || field === null) throw new Error("There is no picture, or no field for the code.");
        expect(field.x).toBeGreaterThan(shown.x + shown.width);
        expect(Math.max(shown.y + shown.height, field.y + field.height)).toBeLessThan(height);
      },
      /** A refusal: the field is empty again. */
      async sentence(text: string | RegExp) {
        await expect(page.getByRole("alert").filter({ hasText: text })).toBeVisible();
        await expect(code).toHaveValue("");
      },
    },
  };
}
