import { expect, test } from "@playwright/test";
import { codeNow } from "@/e2e/support/authenticator";
import type { OtherBrowser } from "@/e2e/support/other-browsers/browser";
import { firefoxMissing, openFirefox } from "@/e2e/support/other-browsers/firefox";
import { visitorAt } from "@/e2e/support/other-browsers/visitor";
import { openWebKit, webKitMissing } from "@/e2e/support/other-browsers/webkit";
import { type OwnPortal, withOwnPortal } from "@/e2e/support/own-portal";
import { ensure } from "@/lib/kernel/assert";

const ada = { email: "ada@example.test", password: "a bridge over nine calm otters" } as const;

const browsers = [
  { name: "WebKit, the engine of Safari", missing: webKitMissing(), open: openWebKit },
  { name: "Firefox", missing: firefoxMissing(), open: openFirefox },
] as const;

for (const { name, missing, open } of browsers) {
  test(`${name}: set-up, an app bound, out, in through both doors, and the way back, over http on this machine`, async () => {
    test.skip(missing !== null, missing ?? "");
    const browser = await open();
    try {
      await withOwnPortal({}, (portal) => fromTheFirstLink(browser, portal));
    } finally {
      await browser.close();
    }
  });
}

async function fromTheFirstLink(browser: OtherBrowser, { url, port, setupLink, output }: OwnPortal) {
  expect(output()).toContain(`Cookies work over plain http (p${port}-…): for this machine only, to try it out.`);
  ensure(setupLink, "a portal without accounts prints its set-up link");
  const person = visitorAt(browser);
  await browser.go(setupLink);
  await person.types("Email", ada.email);
  await person.types("Password", ada.password);
  await person.presses("Create the account");
  await person.sees("Set up a second factor");
  await person.presses("Authenticator app");
  await person.sees("Set up your authenticator app");
  const secret = await person.readsKey();
  await person.sends("Verification code", codeNow(secret));
  await person.sees("Recovery codes");
  await person.presses("I have saved these codes");
  await person.sees("Account security");
  await person.presses("Log out");
  await person.sees("Log in");
  await person.reads("You are logged out.");

  await browser.go(`${url}/security/password`);
  await person.types("Email, username or phone", ada.email);
  await person.types("Password", ada.password);
  await person.presses("Log in");
  await person.sees("Confirm it’s you");
  await person.sends("Verification code", codeNow(secret, 1));
  await person.sees("Change password");
  await browser.back();
  // over http WebKit keeps the page that was left and shows it again; its form goes on all the same
  if (!(await person.arrivesAt("/security/password"))) await person.presses("Verify");
  await person.sees("Change password");
  expect(await browser.ask("return location.pathname")).toBe("/security/password");
}
