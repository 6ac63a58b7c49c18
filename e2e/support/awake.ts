import type { Page } from "@playwright/test";

/**
 * Waits until the scripts of the page hold its forms, those of its frame too: a page may have none of its own. Before that moment a form works as a plain POST, but what only
 * scripts add (sending itself, the meter) is not there yet, and a story would be faster than any person. A page that brings no script is awake as it is.
 */
export async function untilAwake(page: Page): Promise<void> {
  await untilSo(page, isAwake);
}

/**
 * Has every page from now on say when it is awake; out: waits for the next one that says so. For pages that cannot be asked: while a form is on its way, Chromium
 * answers nobody's question about the page that it leaves.
 */
export async function tellWaking(page: Page): Promise<() => Promise<unknown>> {
  const word = "awake";
  await page.addInitScript(`{
    const isAwake = ${isAwake};
    const look = () => (isAwake() ? console.debug("${word}") : requestAnimationFrame(look));
    look();
  }`);
  return () => page.waitForEvent("console", (said) => said.text() === word);
}

/** In the page: React holds every form, and there is one; or no script will come. */
function isAwake(): boolean {
  if (document.readyState === "loading") return false; // more forms, and scripts, may be on their way
  const isHeld = (form: HTMLFormElement) => Object.keys(form).some((key) => key.startsWith("__react"));
  const forms = [...document.forms];
  return document.scripts.length === 0 || (forms.length > 0 && forms.every(isHeld));
}

/**
 * Waits until `isSo`, which runs in the page, says yes. Playwright's own `waitForFunction` brings its whole library, a third of a megabyte, into the world of every page that is asked; this brings
 * the question alone.
 */
async function untilSo(page: Page, isSo: () => boolean): Promise<void> {
  const question = `new Promise((answer) => {
    const isSo = ${isSo};
    const look = () => (isSo() ? answer(true) : performance.now() < end ? requestAnimationFrame(look) : answer(false));
    const end = performance.now() + 10_000;
    look();
  })`;
  for (;;) {
    const answer = await page.evaluate<boolean>(question).catch((fault: Error) => {
      if (/context was destroyed|because of a navigation/.test(fault.message)) return null; // another page is there now, and is asked
      throw fault;
    });
    if (answer) return;
    if (answer === false) throw new Error(`After ten seconds it is not so: ${isSo}`);
  }
}
