import { type BrowserContext, expect, type Page } from "@playwright/test";

/** Everything that a script in this page could read: its address, its text, its cookies, and all that the browser keeps for it. */
const readable = (page: Page): Promise<string> =>
  page.evaluate(async () => {
    const databases = await indexedDB.databases();
    const kept = { cookies: document.cookie, local: { ...localStorage }, session: { ...sessionStorage }, databases };
    return `${location.href}\n${document.documentElement.outerHTML}\n${JSON.stringify(kept)}`;
  });

/** Tokens are for the portal alone: none that this browser holds in a cookie, and none of `others`, stands where a script could read it (ASVS 5.0, 14.3.3). */
export async function expectNoTokenReadable(page: Page, context: BrowserContext, others: readonly string[] = []) {
  const text = await readable(page);
  expect(text).toContain('"databases":[]');
  expect(text).toContain('"cookies":""');
  const cookies = (await context.cookies()).filter(({ name }) => !name.endsWith("-said")); // that one holds the address of the page
  const tokens = cookies.flatMap(({ value }) => [value, decodeURIComponent(value)]);
  const secrets = [...tokens, ...others].filter((token) => token.length >= 16);
  expect(secrets.length).toBeGreaterThan(0);
  expect(secrets.filter((secret) => text.includes(secret))).toEqual([]);
}
