import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { expect, type Page } from "@playwright/test";
import type axeCore from "axe-core";

declare global {
  /** In the page, once its source has been run there. */
  var axe: { readonly run: typeof axeCore.run };
}

/** Every page reads it anew: what the package hands out itself says the same in more than twice as many letters. */
const axeSource = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** axe finds nothing in light, dark and forced colours, and the page fits a narrow window and a finger. Begins in light. */
export async function looksRight(page: Page): Promise<void> {
  await page.evaluate(axeSource);
  expect(await violations(page), "light").toEqual([]);
  expect(await twins(page), "forms that share one answer").toEqual([]);
  expect(await namesakes(page), "links or buttons of one name that do different things").toEqual([]);
  await page.emulateMedia({ colorScheme: "dark" });
  expect(await violations(page, "color-contrast"), "dark").toEqual([]);
  await page.emulateMedia({ forcedColors: "active" });
  expect(await violations(page, "color-contrast"), "forced colours").toEqual([]);
  expect(await shapeless(page), "no shape, or a wrong one, in forced colours").toEqual([]);
  await page.emulateMedia({ forcedColors: "none" });
  await page.setViewportSize({ width: 320, height: 640 });
  expect(await sideways(page), "wider than 320 px").toEqual([]);
  expect(await smallTargets(page), "smaller than 44 px").toEqual([]);
  await page.setViewportSize({ width: 360, height: 740 });
  await page.evaluate(() => {
    document.documentElement.style.fontSize = "200%";
  });
  expect(await brokenWords(page), "words that break at 200 % text and 360 px").toEqual([]);
  expect(await sideways(page), "out of the window or of its card at 200 % text and 360 px").toEqual([]);
}

/** The rules of WCAG 2.2 A and AA and axe's own good practice; of another theme only what colours change. */
async function violations(page: Page, onlyRule?: "color-contrast"): Promise<string[]> {
  const found = await page.evaluate(
    (rule) => globalThis.axe.run(document, { resultTypes: ["violations"], ...(rule && { runOnly: [rule] }) }),
    onlyRule,
  );
  return found.violations.flatMap(({ id, nodes }) =>
    nodes.map(({ html, failureSummary }) => `${id}: ${html} ${failureSummary}`),
  );
}

/**
 * What forced colours leave without a shape, or give a wrong one. There every background is the page's and no shadow is drawn: a button, a field and a badge are told from the text
 * around them by their border alone, a link by its underline, and what has the focus by its outline. But a border that is transparent elsewhere is drawn there too:
 * what looks like text must have none, or it stands in a box.
 */
async function shapeless(page: Page): Promise<string[]> {
  await page.keyboard.press("Tab"); // whatever has the focus from now on shows it as to whoever uses the keys
  return page.evaluate(() => {
    const seen = (selector: string) =>
      [...document.querySelectorAll<HTMLElement>(selector)].filter((one) => one.checkVisibility());
    const paper = getComputedStyle(document.body).backgroundColor;
    const isDrawn = (style: string, width: string, colour: string) =>
      style !== "none" && Number.parseFloat(width) >= 1 && colour !== paper && !/^rgba\(.*, 0\)$/.test(colour);
    const hasBorder = (one: HTMLElement) => {
      const { borderBottomStyle, borderBottomWidth, borderBottomColor } = getComputedStyle(one);
      return isDrawn(borderBottomStyle, borderBottomWidth, borderBottomColor);
    };
    const isUnderlined = (one: HTMLElement) => getComputedStyle(one).textDecorationLine.includes("underline");
    const flat = seen(
      ".button, input:not([type=hidden]):not([type=checkbox]):not([type=radio]), select, .rounded-full.border",
    )
      .filter((one) => !hasBorder(one) && !isUnderlined(one) && !one.matches(".sr-only"))
      .map((one) => `border: ${one.outerHTML.slice(0, 120)}`);
    const boxed = seen("a[href], button")
      .filter((one) => hasBorder(one) && (isUnderlined(one) || one.matches("nav a")))
      .map((one) => `box: ${one.outerHTML.slice(0, 120)}`);
    const unseen = seen("a[href], button, input:not([type=hidden]), summary, select")
      .filter((one) => !one.matches(":disabled"))
      .filter((one) => {
        one.focus({ preventScroll: true });
        const { outlineStyle, outlineWidth, outlineColor } = getComputedStyle(one);
        return document.activeElement === one && !isDrawn(outlineStyle, outlineWidth, outlineColor);
      })
      .map((one) => `focus: ${one.outerHTML.slice(0, 120)}`);
    return [...flat, ...boxed, ...unseen];
  });
}

/** Forms of one action that React could not tell apart when an answer comes back without scripts: each would show it. */
function twins(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const fieldOf = (form: HTMLFormElement, name: string) =>
      form.querySelector<HTMLInputElement>(`input[name${name}]`)?.value;
    const forms = [...document.forms].flatMap((form) => {
      const key = fieldOf(form, '="$ACTION_KEY"');
      return key === undefined ? [] : [`${fieldOf(form, '$=":0"')} ${key}`];
    });
    return forms.filter((one, at) => forms.indexOf(one) !== at);
  });
}

/**
 * Links that are called alike and lead to different pages, buttons that are called alike and send different things: whoever hears the list of them cannot tell which
 * (WCAG 2.2, 2.4.9 and 2.4.6). A name as it is heard: an `aria-label`, or the text.
 */
function namesakes(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const whatFor = (one: Element) => {
      if (one instanceof HTMLAnchorElement) return one.href;
      const form = one.closest("form");
      const own = `${one.getAttribute("name")} ${one.getAttribute("value")} ${one.getAttribute("aria-controls")}`;
      return form === null
        ? own
        : `${own} ${new URLSearchParams([...new FormData(form)].map(([name, value]) => [name, String(value)]))}`;
    };
    const seen = [...document.querySelectorAll("a[href], button")].filter((one) => one.checkVisibility());
    const all = seen.map((one) => ({
      name: `${one.tagName} ${one.getAttribute("aria-label") ?? (one instanceof HTMLElement ? one.innerText.trim() : "")}`,
      does: whatFor(one),
    }));
    return all
      .filter(({ name, does }) => all.some((other) => other.name === name && other.does !== does))
      .map(({ name }) => name);
  });
}

/**
 * What sticks out to the right of a narrow window, or of the card that it lies on (WCAG 2.2, 1.4.4 and 1.4.10). Each thing and each line of text is measured: the frame of the way in clips
 * what is too wide, so such a page never becomes wider itself, and letters can leave a box that stays within.
 */
function sideways(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const window = document.documentElement.clientWidth;
    const roomOf = (one: Element) =>
      Math.min(window, one.closest(".card")?.getBoundingClientRect().right ?? window) + 1;
    const rightOf = (one: Element) => {
      const own = [...one.childNodes].filter((node) => node.nodeType === Node.TEXT_NODE);
      const lines = own.flatMap((text) => {
        const range = document.createRange();
        range.selectNodeContents(text);
        return [...range.getClientRects()];
      });
      return Math.max(...[one.getBoundingClientRect(), ...lines].map(({ right }) => right));
    };
    return [...document.querySelectorAll("body *")]
      .filter((one) => one.checkVisibility() && !one.closest("[aria-hidden=true], .sr-only"))
      .filter((one) => rightOf(one) > roomOf(one))
      .map((one) => `${Math.round(rightOf(one))} > ${Math.round(roomOf(one))} ${one.outerHTML.slice(0, 120)}`);
  });
}

/** Controls that a finger would miss: of a tick inside its label the label. A link inside a sentence may be as high as its line (WCAG 2.2, 2.5.8). */
function smallTargets(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const all = [...document.querySelectorAll("a[href], button, input:not([type=hidden]), summary, select")];
    const controls = all.map(
      (each) => (each.matches("[type=checkbox], [type=radio]") && each.closest("label")) || each,
    );
    return controls
      .filter((each) => each.checkVisibility() && !each.matches("p a") && !each.matches(".sr-only"))
      .map((each) => ({ html: each.outerHTML.slice(0, 120), box: each.getBoundingClientRect() }))
      .filter(({ box }) => box.height < 44 || box.width < 24)
      .map(({ html, box }) => `${Math.round(box.width)}x${Math.round(box.height)} ${html}`);
  });
}

/**
 * Words of headings, labels, links and buttons of which a part stands in the next line although a line has room for all of it.
 */
function brokenWords(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const broken: string[] = [];
    const ruler = document.createElement("canvas").getContext("2d");
    const widthOf = (word: string, of: Element) => {
      if (ruler) ruler.font = getComputedStyle(of).font;
      return ruler?.measureText(word).width ?? 0;
    };
    const seen = [...document.querySelectorAll("h1, h2, label, a[href], button")].filter((one) =>
      one.checkVisibility(),
    );
    for (const one of seen) {
      const texts = document.createTreeWalker(one, NodeFilter.SHOW_TEXT);
      for (let text = texts.nextNode(); text !== null; text = texts.nextNode()) {
        if (text.parentElement?.closest(".sr-only")) continue;
        for (const { index, 0: word } of (text.nodeValue ?? "").matchAll(/(?<!\S)[A-Za-z’]+(?![^\s.,?!:…])/g)) {
          const range = document.createRange();
          range.setStart(text, index);
          range.setEnd(text, index + word.length);
          const lines = new Set([...range.getClientRects()].map(({ top }) => Math.round(top)));
          const { paddingLeft, paddingRight } = getComputedStyle(one);
          const inside = one.clientWidth - Number.parseFloat(paddingLeft) - Number.parseFloat(paddingRight);
          const room = one.clientWidth > 0 ? inside : (one.parentElement?.clientWidth ?? 0);
          if (lines.size > 1 && widthOf(word, one) <= room) broken.push(`${word}: ${one.outerHTML.slice(0, 120)}`);
        }
      }
    }
    return broken;
  });
}
