import { randomInt } from "node:crypto";
import { type BrowserContext, type BrowserContextOptions, test as base, expect } from "@playwright/test";
import { emptyPortal } from "@/e2e/support/empty-portal";
import { letIn, type OpenedSession } from "@/e2e/support/entry";
import { commonHouse, type House, moveIn, type Resident, type Wishes } from "@/e2e/support/house";

type Stories = {
  /** Makes somebody with an account. */
  readonly person: (wishes?: Wishes) => Promise<Resident>;
  /** Makes somebody and lets them into this test's browser. */
  readonly guest: (wishes?: Wishes) => Promise<Resident & { readonly session: OpenedSession }>;
  /** A second browser, somewhere else in the world. */
  readonly anotherBrowser: (options?: BrowserContextOptions) => Promise<BrowserContext>;
  /** The address this test's browser seems to come from. */
  readonly address: string;
};

/** What the stories of one worker share; one type of it, so that no worker ends for another to begin. */
type Shared = {
  readonly house: House;
  /** The set-up link of a portal that has no account yet. */
  readonly setupLink: () => Promise<string>;
};

/** Playwright's `test` with a house behind it. A browser that complains aloud (a script that failed, a refused style) fails its story. */
export const test = base.extend<Stories, Shared>({
  house: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of the fixtures from a pattern
    async ({}, use) => {
      const house = commonHouse();
      await use(house);
      await house.close();
    },
    { scope: "worker" },
  ],
  setupLink: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of the fixtures from a pattern
    async ({}, use) => {
      const portal = emptyPortal();
      await use(portal.setupLink);
      await portal.close();
    },
    { scope: "worker" },
  ],
  baseURL: ({ house }, use) => use(house.url),
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of the fixtures from a pattern
  address: async ({}, use) => use(someAddress()),
  // a context is used again only by a test that asks for the same one
  extraHTTPHeaders: ({ address, reuseContext }, use) => use(reuseContext ? {} : { "x-forwarded-for": address }),
  context: async ({ context, address, reuseContext }, use) => {
    if (reuseContext) await context.setExtraHTTPHeaders({ "x-forwarded-for": address });
    const complaints = watch(context);
    await use(context);
    expect(complaints, "the browser complained").toEqual([]);
  },
  anotherBrowser: async ({ browser, baseURL, locale, javaScriptEnabled }, use) => {
    const opened: { readonly context: BrowserContext; readonly complaints: string[] }[] = [];
    await use(async (options) => {
      const extraHTTPHeaders = { "x-forwarded-for": someAddress() };
      const where = { ...(baseURL && { baseURL }), ...(locale && { locale }), javaScriptEnabled, extraHTTPHeaders };
      const context = await browser.newContext({ ...where, ...options });
      opened.push({ context, complaints: watch(context) });
      return context;
    });
    for (const { context, complaints } of opened) {
      await context.close();
      expect(complaints, "the other browser complained").toEqual([]);
    }
  },
  person: ({ house }, use) => use((wishes) => moveIn(house, wishes)),
  guest: ({ house, context }, use) =>
    use(async (wishes) => {
      const person = await moveIn(house, wishes);
      return { ...person, session: await letIn(house, context, person) };
    }),
});

export { expect };

const someAddress = () => `10.${randomInt(256)}.${randomInt(256)}.${randomInt(1, 255)}`;

/** What Chromium says by itself about an answer that is meant to be an error, and about a line that a story has cut. */
const meantErrors =
  /^Failed to load resource: (?:the server responded with a status of (?:400|403|404|409|413|422|429|502|503)|net::ERR_INTERNET_DISCONNECTED)|^TypeError: Failed to fetch/;

/** What a browser complains of aloud, from now on. */
export function watch(context: BrowserContext): string[] {
  const complaints: string[] = [];
  context.on("console", (message) => {
    if (message.type() === "error" && !meantErrors.test(message.text())) complaints.push(message.text());
  });
  context.on("weberror", (fault) => complaints.push(String(fault.error())));
  return complaints;
}
