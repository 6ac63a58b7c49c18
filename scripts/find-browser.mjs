import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { run } from "./run-step.mjs";
import { say } from "./say.mjs";

/** The shell without windows comes first: the same engine, but the browser tests took 76 s with it where Chromium took 114 s. */
const shell = "chromium-headless-shell";
const usual = [`/usr/bin/${shell}`, "/usr/bin/chromium", "/usr/bin/chromium-browser"];
const names = [shell, "chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

/** What a person without a browser reads. */
export const howToGetOne =
  'There is no browser for the browser tests. Get one with "apt-get install chromium" or "npx playwright install chromium", or name yours in CHROMIUM_PATH.';

/** The path of a Chromium for the browser tests: CHROMIUM_PATH, the system's, or Playwright's own. Null when none is there. */
export async function findBrowser() {
  const onPath = (process.env.PATH ?? "").split(delimiter).flatMap((folder) => names.map((name) => join(folder, name)));
  const all = [process.env.CHROMIUM_PATH, ...usual, ...onPath, await playwrightsOwn()];
  return all.find((path) => path && existsSync(path)) ?? null;
}

async function playwrightsOwn() {
  const { chromium } = await import("@playwright/test");
  return chromium.executablePath();
}

/** The same, after trying to install one: from Debian as root, else Playwright's download. Neither may hang. */
export async function findOrInstallBrowser() {
  const found = await findBrowser();
  if (found !== null) return found;
  say("No browser found; trying to install Chromium (a minute or two)…");
  const isDebianRoot = process.getuid?.() === 0 && existsSync("/usr/bin/apt-get");
  if (isDebianRoot) {
    const env = { DEBIAN_FRONTEND: "noninteractive" };
    await run("apt-get", ["update"], { env, timeout: 120_000 });
    const install = (name) =>
      run("apt-get", ["install", "-y", "--no-install-recommends", name], { env, timeout: 300_000 });
    const { code } = await install(shell);
    if (code !== 0) await install("chromium");
  } else {
    await run(process.execPath, ["node_modules/@playwright/test/cli.js", "install", "chromium"], { timeout: 180_000 });
  }
  return findBrowser();
}
