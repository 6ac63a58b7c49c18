import { english } from "@/e2e/screens/words";
import { expect, test } from "@/e2e/support/fixtures";
import { gallery } from "@/e2e/support/gallery";
import { looksRight } from "@/e2e/support/looks";
import { movesOf, watchMoves } from "@/e2e/support/moves";

/** Where a form was sent, the answer may well move things: these screens are seen without it under another name. */
const isAnswer = (name: string) => /-(?:refused|wrong)$/.test(name);

/** Inside, the heading may name the one browser, address or factor; the title, which the browser's history keeps, says of what kind it is. Everywhere else the two are one. */
const isAboutOneThing = (url: string) => /^\/(?:security\/.+|enrol\/.+)/.test(new URL(url).pathname);

/** The headings of pages that are not there. */
const isMissing = /^(?:There is no page here|This page is not here)$/;

for (const [name, open] of Object.entries(gallery)) {
  test(`${name}: nothing moves when the scripts wake up, axe finds nothing in light, dark and forced colours, and it fits 320 px`, async ({
    page,
    context,
    house,
    setupLink,
  }) => {
    await page.emulateMedia({ colorScheme: "light", reducedMotion: "reduce" });
    await page.setViewportSize({ width: 390, height: 844 });
    if (!isAnswer(name)) await watchMoves(page);
    await open({ page, context, house, words: english, setupLink });
    if (!isAnswer(name)) expect(await movesOf(page), "moves by itself").toEqual([]);
    await page.setViewportSize({ width: 1280, height: 900 });
    await expect(page).toHaveTitle(/.+ · Sallyport$/);
    const heading = await page.getByRole("heading", { level: 1 }).innerText();
    expect(isMissing.test(heading), heading).toBe(name.startsWith("not-found"));
    if (!isAboutOneThing(page.url())) await expect(page).toHaveTitle(`${heading} · Sallyport`);
    await expect(page.locator("html")).toHaveAttribute("lang", "en");
    await expect(page.getByRole("heading", { level: 1 })).toHaveCount(1);
    await looksRight(page);
  });
}
