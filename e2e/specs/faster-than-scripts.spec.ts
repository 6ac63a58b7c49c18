import { setTimeout as pause } from "node:timers/promises";
import type { Page } from "@playwright/test";
import { accountScreen } from "@/e2e/screens/account";
import { challengeScreen } from "@/e2e/screens/challenge";
import { loginScreen } from "@/e2e/screens/login";
import { english } from "@/e2e/screens/words";
import { codeNow, wrongCode } from "@/e2e/support/authenticator";
import { tellWaking, untilAwake } from "@/e2e/support/awake";
import { expect, test } from "@/e2e/support/fixtures";
import { type Resident, secretOf } from "@/e2e/support/house";

/** Something to wait for, and what ends the wait. */
function latch() {
  let letGo = () => {};
  const gone = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  return { gone, letGo };
}

/** Scripts that come only when this is called: a slow line, and somebody who types faster. */
async function withholdScripts(page: Page): Promise<() => void> {
  const { gone, letGo } = latch();
  await page.route(/\/_next\/static\/.*\.js/, async (route) => {
    await gone;
    await route.continue();
  });
  return letGo;
}

async function toSecondDoor(page: Page, person: Resident) {
  await page.goto("/login", { waitUntil: "commit" }); // a page without its scripts is never whole
  await loginScreen(page).does.logIn(person);
  await challengeScreen(page).sees.isHere();
}

/** Somebody at the second door, whose scripts are withheld, and the forms that the page sends from then on. */
async function fasterThanScripts(page: Page, person: Resident) {
  const letGo = await withholdScripts(page);
  await toSecondDoor(page, person);
  const sent: string[] = [];
  page.on("request", (request) => void (request.method() === "POST" && sent.push(request.url())));
  return { letGo, sent };
}

/** By the keyboard, a key after the other: whatever waits for a page to be whole would wait for its scripts. */
async function typeCode(page: Page, code: string) {
  const field = page.getByLabel(english.code, { exact: true });
  await expect(field).toBeFocused();
  await page.keyboard.type(code);
  await expect(field).toHaveValue(code);
}

test("a code that was typed before the scripts woke goes off when they wake, once, right or wrong", async ({
  page,
  person,
}) => {
  const ada = await person({ apps: 1 });
  const { letGo, sent } = await fasterThanScripts(page, ada);
  await typeCode(page, wrongCode(secretOf(ada)));
  letGo();
  await challengeScreen(page).sees.wrongCode();
  expect(sent).toHaveLength(1);
  await page.keyboard.type(codeNow(secretOf(ada)));
  await accountScreen(page).sees.isHere();
});

test("a code that was sent by hand while the scripts were on their way is not lost with their waking", async ({
  page,
  person,
}) => {
  const ada = await person({ apps: 1 });
  const waking = await tellWaking(page);
  const { letGo, sent } = await fasterThanScripts(page, ada);
  const onItsWay = latch();
  await page.route(/\/challenge\/totp$/, async (route) => {
    if (route.request().method() === "POST") await onItsWay.gone;
    await route.continue();
  });
  await typeCode(page, codeNow(secretOf(ada)));
  await page.keyboard.press("Enter");
  const isAwake = waking();
  letGo();
  await isAwake;
  onItsWay.letGo();
  await accountScreen(page).sees.isHere();
  expect(sent).toHaveLength(1);
});

test("an old code that the browser brings back with the page is not sent", async ({ page, person }) => {
  const ada = await person({ apps: 1 });
  const old = wrongCode(secretOf(ada));
  await toSecondDoor(page, ada);
  await untilAwake(page);
  await page.addInitScript((code) => {
    document.addEventListener("readystatechange", () => {
      const field = document.querySelector<HTMLInputElement>("input[autocomplete='one-time-code']");
      if (document.readyState === "interactive" && field) field.value = code;
    });
  }, old);
  const sent: string[] = [];
  page.on("request", (request) => void (request.method() === "POST" && sent.push(request.url())));
  await page.reload();
  await untilAwake(page);
  await expect(page.getByLabel(english.code, { exact: true })).toHaveValue(old);
  await pause(1_500); // what was typed unheard goes off a second after the scripts woke
  expect(sent).toEqual([]);
});

test("a new password that was typed before the scripts woke is measured when they wake", async ({ page, guest }) => {
  await guest();
  const letGo = await withholdScripts(page);
  await page.goto("/security/password", { waitUntil: "commit" });
  await page.getByLabel("New password", { exact: true }).fill("nine calm otters under a bridge");
  letGo();
  await expect(page.getByText("Very good length.")).toBeVisible();
});
