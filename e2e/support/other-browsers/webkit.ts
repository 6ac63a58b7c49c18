import { type ChildProcess, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { setTimeout as pause } from "node:timers/promises";
import * as z from "zod";
import type { Found, OtherBrowser } from "@/e2e/support/other-browsers/browser";
import { freePort } from "@/e2e/support/portal";

const driver = "/usr/bin/WebKitWebDriver";
const screen = "/usr/bin/Xvfb";

/** What is missing for a story in WebKit, Safari's engine; null when it can be told. */
export const webKitMissing = (): string | null =>
  existsSync(driver) && existsSync(screen) ? null : "no WebKit here: apt-get install webkit2gtk-driver xvfb";

/** What names an element in an answer of WebDriver (W3C, 11). */
const elementKey = "element-6066-11e4-a52e-4f735466cecf";
const element = z.object({ [elementKey]: z.string() });
const answer = z.object({ value: z.unknown() });
const opened = z.object({ sessionId: z.string() });
const fault = z.object({ error: z.string(), message: z.string() });

/** Debian's MiniBrowser on a screen of its own, by WebDriver (W3C, https://www.w3.org/TR/webdriver2/). Nothing of a session before is in it. */
export async function openWebKit(): Promise<OtherBrowser> {
  const port = await freePort();
  const display = spawn(screen, ["-displayfd", "3", "-screen", "0", "1280x1000x24", "-nolisten", "tcp"], {
    stdio: ["ignore", "ignore", "ignore", "pipe"],
  });
  const env = { ...process.env, DISPLAY: `:${await said(display)}`, WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS: "1" };
  const program = spawn(driver, ["-p", String(port)], { env, stdio: "ignore" });
  const stop = () => {
    program.kill();
    display.kill();
  };
  try {
    await untilItListens(port);
    const call = caller(`http://127.0.0.1:${port}`);
    const { sessionId } = opened.parse(await call("POST", "/session", { capabilities: {} }));
    const end = () => call("DELETE", `/session/${sessionId}`).finally(stop);
    return browserOf((method, path, body) => call(method, `/session/${sessionId}${path}`, body), end);
  } catch (error) {
    stop();
    throw error;
  }
}

type Call = (method: "GET" | "POST" | "DELETE", path: string, body?: object) => Promise<unknown>;

function browserOf(call: Call, end: () => Promise<unknown>): OtherBrowser {
  const run = (script: string, given?: string) => call("POST", "/execute/sync", { script, args: [given ?? null] });
  return {
    go: async (url) => void (await call("POST", "/url", { url })),
    back: async () => void (await call("POST", "/back", {})),
    ask: run,
    async find(body, given): Promise<Found | null> {
      const found = element.safeParse(await run(body, given));
      return found.success ? { id: found.data[elementKey] ?? "" } : null;
    },
    press: async ({ id }) => void (await call("POST", `/element/${id}/click`, {})),
    type: async ({ id }, text) => void (await call("POST", `/element/${id}/value`, { text })),
    close: async () => void (await end()),
  };
}

function caller(base: string): Call {
  return async (method, path, body) => {
    const sent = body === undefined ? {} : { body: JSON.stringify(body) };
    const { value } = answer.parse(await (await fetch(base + path, { method, ...sent })).json());
    const wrong = fault.safeParse(value);
    if (wrong.success) throw new Error(`WebKit at ${path}: ${wrong.data.error}: ${wrong.data.message}`);
    return value;
  };
}

async function untilItListens(port: number): Promise<void> {
  for (let tries = 100; tries > 0; tries -= 1) {
    if (
      await fetch(`http://127.0.0.1:${port}/status`).then(
        ({ ok }) => ok,
        () => false,
      )
    )
      return;
    await pause(100);
  }
  throw new Error("WebKit's driver does not listen.");
}

/** The number that the screen chose for itself. */
function said(display: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    display.stdio[3]?.once("data", (text: Buffer) => resolve(text.toString().trim()));
    display.once("error", reject).once("exit", () => reject(new Error("There is no screen for WebKit.")));
  });
}
