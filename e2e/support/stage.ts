import { type BrowserContext, expect, type Page } from "@playwright/test";
import type { ScreenWords } from "@/e2e/screens/words";
import { giveCookie, letIn } from "@/e2e/support/entry";
import { type House, moveIn, type Resident, type Wishes } from "@/e2e/support/house";

/** Where a screen is looked at. */
export type Stage = {
  readonly page: Page;
  readonly context: BrowserContext;
  readonly house: House;
  readonly words: ScreenWords;
  /** Of a portal without accounts. */
  readonly setupLink: () => Promise<string>;
};

/** Brings its page to one screen of the portal, in the state that its name says. */
export type Screen = (stage: Stage) => Promise<unknown>;

/** Somebody who is logged in there. */
export async function guest(
  { house, context }: Stage,
  wishes: Wishes,
): Promise<Resident & { readonly sessionId: string }> {
  const person = await moveIn(house, wishes);
  return { ...person, sessionId: (await letIn(house, context, person)).id };
}

/** Opens a page that says what was done, as in the browser whose press led there; whoever only has the address reads something else. */
export async function ledTo({ house, page, context }: Pick<Stage, "house" | "page" | "context">, path: string) {
  const main = page.getByRole("main");
  await context.clearCookies({ name: /said$/ });
  await page.goto(path);
  const bare = await main.innerText();
  await giveCookie(house, context, "said", path);
  await page.goto(path);
  await expect(main).toBeVisible();
  expect(await main.innerText(), path).not.toBe(bare);
}
