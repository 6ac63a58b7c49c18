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

/**
 * The same, after trying to install one: Debian's shell as root, else Playwright's download. Where only a browser with windows is
 * found, root gets the quicker shell too; when that fails, what was found serves. Neither may hang.
 */
export async function findOrInstallBrowser() {
  const found = await findBrowser();
  const isDebianRoot = process.getuid?.() === 0 && existsSync("/usr/bin/apt-get");
  if (found !== null && !(isDebianRoot && wantsTheShell(found))) return found;
  say(
    `${found === null ? "No browser found" : "Only a browser with windows found"}; trying to install one (a minute or two)…`,
  );
  if (isDebianRoot) await installFromDebian(found === null ? [shell, "chromium"] : [shell]);
  else
    await run(process.execPath, ["node_modules/@playwright/test/cli.js", "install", "chromium"], { timeout: 180_000 });
  return findBrowser();
}

/** Whether the shell would be quicker than this browser. One that was named by CHROMIUM_PATH, or that is no system package, is meant. */
const wantsTheShell = (path) => path !== process.env.CHROMIUM_PATH && usual.includes(path) && !path.endsWith(shell);

/** The first of these packages that can be installed. */
async function installFromDebian(packages) {
  const env = { DEBIAN_FRONTEND: "noninteractive" };
  await run("apt-get", ["update"], { env, timeout: 120_000 });
  for (const name of packages) {
    const { code } = await run(
      "apt-get",
      ["-o", "DPkg::Lock::Timeout=60", "install", "-y", "--no-install-recommends", name],
      {
        env,
        timeout: 300_000,
      },
    );
    if (code === 0) return;
  }
}
