import { expect, type Page } from "@playwright/test";
import { english } from "@/e2e/screens/words";
import { untilAwake } from "@/e2e/support/awake";

/** The second door, at login and at step-up. */
export function challengeScreen(page: Page, words = english) {
  const code = page.getByLabel(words.code, { exact: true });
  const recoveryCode = page.getByLabel(words.recoveryCode, { exact: true });
  const button = page.getByRole("button", { name: words.verify, exact: true });
  const sendNew = page.getByRole("button", { name: words.sendNewCode, exact: true });
  const cancel = page.getByRole("button", { name: words.cancel });
  const alert = (text: string) => page.getByRole("alert").filter({ hasText: text });
  return {
    does: {
      /** With scripts the form goes off by itself at the last digit. */
      async typeCode(text: string) {
        await expect(code).toBeVisible();
        await untilAwake(page);
        await code.fill(text);
      },
      /** Without scripts, or where the same digits are sent again, by the button. */
      async sendCode(text: string) {
        await code.fill(text);
        await button.click();
      },
      /** As a person does it, with scripts or without. */
      async answer(text: string, { scripts }: { readonly scripts: boolean }) {
        await (scripts ? this.typeCode(text) : this.sendCode(text));
      },
      chooseAnotherWay: () => page.getByRole("link", { name: words.otherWay }).click(),
      chooseRecovery: () => page.getByRole("link", { name: words.wayRecovery }).click(),
      /** The ways that send a code are buttons: the visit alone sends nothing. */
      chooseSms: () => page.getByRole("button", { name: words.waySms }).click(),
      chooseEmail: () => page.getByRole("button", { name: words.wayEmail }).click(),
      askForCode: () => page.getByRole("button", { name: words.sendCode, exact: true }).click(),
      askForNewCode: () => sendNew.click(),
      askForCodeTo: (masked: string) => page.getByRole("button", { name: masked }).click(),
      async sendRecoveryCode(text: string) {
        await recoveryCode.fill(text);
        await button.click();
      },
      async sendPassword(text: string) {
        await page.getByLabel(words.password, { exact: true }).fill(text);
        await button.click();
      },
      /** The page before a step-up, where a button opens it. */
      goOn: () => page.getByRole("button", { name: words.goOn }).click(),
      cancel: () => cancel.click(),
    },
    sees: {
      async isHere() {
        await expect(page.getByRole("heading", { level: 1, name: words.challengeTitle })).toBeVisible();
        await expect(code).toBeVisible();
      },
      /** A code went to this address (masked), and there is a field for it. */
      async sentTo(masked: string) {
        await expect(page.getByRole("main")).toContainText(masked);
        await expect(code).toBeVisible();
      },
      newCodeOnOffer: () => expect(sendNew).toBeVisible(),
      noNewCodeOnOffer: () => expect(sendNew).toHaveCount(0),
      text: (text: string | RegExp) => expect(page.getByRole("main")).toContainText(text),
      async recoveryIsHere() {
        await expect(recoveryCode).toBeVisible();
      },
      /** The sentence stands beside the field, and the field is empty again. */
      async wrongCode() {
        await expect(alert(words.wrongCode)).toBeVisible();
        await expect(code).toHaveValue("");
      },
      /** The way out stands where the form ends, as close as one part of a card to the next. */
      async nothingEmptyAboveCancel() {
        const [above, below] = [await button.boundingBox(), await cancel.boundingBox()];
        expect((below?.y ?? Number.NaN) - (above?.y ?? 0) - (above?.height ?? 0)).toBeLessThanOrEqual(32);
      },
      usedCode: () => expect(alert(words.usedCode)).toBeVisible(),
      wrongRecoveryCode: () => expect(alert(words.wrongRecovery)).toBeVisible(),
      sentence: (text: string) => expect(alert(text)).toBeVisible(),
      async expired() {
        await expect(page).toHaveURL(/\/challenge\/expired(\?|$)/);
        await expect(page.getByRole("heading", { level: 1, name: words.expiredTitle })).toBeVisible();
      },
    },
  };
}
