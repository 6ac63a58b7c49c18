import { setTimeout as pause } from "node:timers/promises";
import type { Found, OtherBrowser } from "@/e2e/support/other-browsers/browser";
import { ensure } from "@/lib/kernel/assert";

/** Somebody at such a browser: reads headings, types into labelled fields, presses buttons by their names. */
export type Visitor = {
  sees(heading: string): Promise<void>;
  reads(text: string): Promise<void>;
  types(label: string, text: string): Promise<void>;
  /** A button that leads to another page; `sees` waits for that page to be there whole. */
  presses(name: string): Promise<void>;
  /** The same for a code that sends itself at its last digit. */
  sends(label: string, code: string): Promise<void>;
  /** Is this the address within a few seconds? */
  arrivesAt(path: string): Promise<boolean>;
  /** The key of an authenticator app, as the page shows it. */
  readsKey(): Promise<string>;
};

/** The page that was left may show the next one for a moment, until that is loaded whole: nothing typed there would stay. */
const leaving = "window.isLeft = true";
const heading = 'return window.isLeft ? "" : (document.querySelector("h1")?.textContent ?? "")';
/** React marks a form before it holds it: only when nothing of the page waits for its scripts any more do typed letters stay. */
const awake = `const key = Object.keys(document).find((name) => name.startsWith("__reactContainer$"));
  return document.readyState === "complete" && document[key]?.stateNode?.current?.memoizedState?.isDehydrated === false`;
const field = `return [...document.querySelectorAll("label")].find((one) => one.textContent.trim() === arguments[0])?.control ?? null`;
const emptied = `[...document.querySelectorAll("label")].find((one) => one.textContent.trim() === arguments[0]).control.value = ""`;
const written = `return [...document.querySelectorAll("label")].find((one) => one.textContent.trim() === arguments[0]).control.value`;
const button = `return [...document.querySelectorAll("button")].find((one) =>
  one.textContent.trim().startsWith(arguments[0]) && one.checkVisibility()) ?? null`;
const shows = "return document.body.innerText.includes(arguments[0])";
const everything = 'return (location.href + " " + document.body.innerText).slice(0, 600)';
const place = "return location.pathname";
const key = 'return document.querySelector("code")?.textContent ?? ""';

/** Somebody who waits, as people do, until a page is there and its scripts hold its forms. */
export function visitorAt(browser: OtherBrowser): Visitor {
  const until = async <T>(ask: () => Promise<T>, what: string): Promise<T> => {
    const answer = await answered(ask);
    if (answer.value) return answer.value;
    const seen = await browser.ask(everything).catch(String);
    throw new Error(`Waited in vain for "${what}"; ${answer.fault ?? "no fault"}. The page: ${String(seen)}`);
  };
  const found = async (body: string, given: string): Promise<Found> => {
    await until(() => browser.find(body, given), given); // first: a page that has only begun has no forms to be awake
    await until(async () => (await browser.ask(awake)) === true, "the page is awake");
    const one = await browser.find(body, given);
    ensure(one, `${given} is on the page`);
    return one;
  };
  return {
    sees: async (wanted) => void (await until(async () => (await browser.ask(heading)) === wanted, wanted)),
    reads: async (text) => void (await until(async () => (await browser.ask(shows, text)) === true, text)),
    async types(label, text) {
      const isThere = async () => {
        const one = await found(field, label);
        await browser.ask(emptied, label); // what was selected would be no longer once the field is pressed: what is typed next would be added
        await browser.type(one, text);
        return (await browser.ask(written, label)) === text;
      };
      await until(isThere, `${label} holds what was typed`); // a page that wakes up meanwhile may swallow a letter
    },
    async presses(name) {
      const one = await found(button, name);
      await browser.ask(leaving);
      await browser.press(one);
    },
    async sends(label, code) {
      const one = await found(field, label);
      await browser.ask(leaving);
      await browser.type(one, code);
    },
    arrivesAt: async (path) => (await answered(async () => (await browser.ask(place)) === path, 30)).value === true,
    readsKey: async () => String(await browser.ask(key)).replaceAll(/\s/g, ""),
  };
}

type Answered<T> = { readonly value: T | null; readonly fault: string | null };

/** Asks again and again until the answer is yes; while a page gives way to the next one, a question may fail. */
async function answered<T>(ask: () => Promise<T>, times = 150): Promise<Answered<T>> {
  let fault: string | null = null;
  for (let tries = times; tries > 0; tries -= 1) {
    try {
      const value = await ask();
      if (value) return { value, fault };
    } catch (error) {
      fault = String(error);
    }
    await pause(100);
  }
  return { value: null, fault };
}
