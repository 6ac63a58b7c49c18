import type { BrowserContext, Page } from "@playwright/test";
import { cookieLine } from "@/e2e/support/cookies";
import { letBetween, letIn, openSessionOf } from "@/e2e/support/entry";
import { expect, test } from "@/e2e/support/fixtures";
import { moveIn, openHouse } from "@/e2e/support/house";
import { ask } from "@/e2e/support/http";
import { withOwnPortal } from "@/e2e/support/own-portal";
import { type Load, loadOf } from "@/e2e/support/weight";
import { encodeMfaToken } from "@/lib/auth/mfa-token";
import { atSecondDoor } from "@/lib/testing/story";

/**
 * What a document may weigh in bytes, before it is compressed: a page is sent twice in it, for the eye and for React, so whatever is written out on every
 * page (a long list of classes, a page that nobody sees) counts double, in bytes and in the portal's time.
 */
const limits = { "/login": 14_000, "/challenge/totp": 16_500, "/security": 25_900 };

test("documents stay light", async ({ house, person }) => {
  const grace = await person({ apps: 1, codes: true });
  const session = await openSessionOf(house, grace);
  const pass = await encodeMfaToken(await atSecondDoor(house.ctx, grace.userId), grace.userId);
  const cookies = {
    "/login": "",
    "/challenge/totp": cookieLine(house.url, "second-door", pass),
    "/security": cookieLine(house.url, "session", session.cookie),
  };
  for (const path of ["/login", "/challenge/totp", "/security"] as const) {
    const { status, body } = await ask(house.url, path, { headers: { cookie: cookies[path] } });
    expect(status).toBe(200);
    expect.soft(Buffer.byteLength(body), path).toBeLessThan(limits[path]);
  }
});

/** What only passkeys need of a browser. */
const ofPasskeys = /navigator\.credentials|PublicKeyCredential|signalAllAccepted|allAcceptedCredentialIds/;

/** Pages that ask for no kind of factor. */
const ofNoKind = ["/forgot-password", "/security/password"] as const;

type Loads = Readonly<Record<"/login" | "/challenge/totp" | "/security" | (typeof ofNoKind)[number], Load>>;

/** A page as it is sent, and the scripts that it names. */
async function sentAt(page: Page, url: string, path: string): Promise<Load> {
  const got = await page.request.get(`${url}${path}`, { maxRedirects: 0 });
  expect(got.status(), path).toBe(200);
  const document = await got.text();
  const scripts = [...document.matchAll(/<script src="([^"]+)"/g)].map(async ([, src = ""]) => {
    const script = await page.request.get(`${url}${src}`);
    expect(script.status(), src).toBe(200);
    return [src, await script.text()] as const;
  });
  return { document, scripts: new Map(await Promise.all(scripts)) };
}

/** Pages of somebody with an app, at a portal of its own that offers these kinds. */
async function loadsAt(kinds: string, { page, context }: { readonly page: Page; readonly context: BrowserContext }) {
  const settings = { SECOND_FACTOR_KINDS: kinds };
  const loads: Loads[] = [];
  await withOwnPortal({ settings }, async (portal) => {
    const house = openHouse(portal, settings);
    const load = (path: keyof Loads) => loadOf(page, `${portal.url}${path}`);
    const login = await load("/login");
    await letBetween(house, context, await moveIn(house, { apps: 1, codes: true, email: "ada@example.test" }));
    const step = await load("/challenge/totp");
    await letIn(house, context, await moveIn(house, { apps: 1, codes: true, email: "eve@example.test" }));
    const security = await load("/security");
    const sent = (path: (typeof ofNoKind)[number]) => sentAt(page, portal.url, path);
    const others = { "/forgot-password": await sent(ofNoKind[0]), "/security/password": await sent(ofNoKind[1]) };
    loads.push({ "/login": login, "/challenge/totp": step, "/security": security, ...others });
    await house.close();
  });
  const [found] = loads;
  if (!found) throw new Error("The portal has answered.");
  return found;
}

/** A document without what is another one at each visit; of the same length, so that a byte more is seen. */
const still = ({ document }: Load) => document.replaceAll(/nonce="[^"]*"/g, "nonce");

test("a page that asks for another kind is not a byte heavier where passkeys are on offer, and where none are no page brings anything of theirs", async ({
  page,
  context,
}) => {
  const without = await loadsAt("totp", { page, context });
  const offering = await loadsAt("passkey,totp", { page, context });
  for (const path of ["/challenge/totp", ...ofNoKind] as const) {
    expect(offering[path].scripts.size, path).toBeGreaterThan(0);
    expect([...offering[path].scripts.keys()].sort(), path).toEqual([...without[path].scripts.keys()].sort());
    expect(still(offering[path]).length, path).toBe(still(without[path]).length);
  }
  for (const [where, load] of Object.entries(without)) {
    expect(load.document, where).not.toMatch(/passkey/i);
    for (const text of load.scripts.values()) expect(text, where).not.toMatch(ofPasskeys);
  }
  expect(
    [...offering["/security"].scripts.values()].some((text) => ofPasskeys.test(text)),
    "and it would be seen",
  ).toBe(true);
});
