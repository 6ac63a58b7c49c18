import { spawn } from "node:child_process";
import { delimiter, dirname } from "node:path";
import { ended, flagsOf, freePort } from "../bench/portal.mjs";
import { totp } from "../bench/totp.mjs";

const person = { email: "ada@example.test", username: "ada", password: "a bridge over nine calm otters" };

/** The first start generates, bundles and builds. In milliseconds. */
const longestStart = 600_000;

/**
 * What a first evening with the portal is, under the Node `program`, in `copy`, a fresh clone: start, the set-up link, the first administrator and their
 * authenticator app, a login through both doors, a command, and the stop. `openBrowser`: makes a browser without scripts. Out: how many seconds the
 * start took; throws an Error that says at which step it ended.
 */
export async function smoke({ program, copy, openBrowser }) {
  const port = await freePort();
  const env = { ...process.env, PATH: [dirname(program), process.env.PATH].join(delimiter), PORT: String(port) };
  const begun = performance.now();
  const portal = spawn(program, [...flagsOf(copy), "scripts/start.mjs"], {
    cwd: copy,
    env,
    stdio: ["ignore", "pipe", "pipe"],
  });
  try {
    const link = await setupLinkOf(portal);
    const seconds = Math.round((performance.now() - begun) / 1000);
    const browser = openBrowser(`http://localhost:${port}`, "127.0.0.1");
    const secret = await becomeFirst({ browser, port, link });
    await logIn({ browser: openBrowser(`http://localhost:${port}`, "127.0.0.1"), port, secret });
    await listPeople({ program, copy, env });
    const code = await ended(portal);
    if (code !== 0) throw new Error(`the stop ended with code ${code}`);
    return { seconds };
  } finally {
    await ended(portal);
  }
}

function setupLinkOf(portal) {
  return new Promise((resolve, reject) => {
    let heard = "";
    const timer = setTimeout(() => reject(new Error(`the start did not end:\n${heard}`)), longestStart);
    const hear = (piece) => {
      heard += piece;
      const link = /http:\/\/localhost:\d{1,5}\/setup\?link=[\w-]{1,200}/.exec(heard)?.[0];
      if (!heard.includes("Stop it with Ctrl-C.") || link === undefined) return;
      clearTimeout(timer);
      resolve(link);
    };
    portal.stdout.setEncoding("utf8").on("data", hear);
    portal.stderr.setEncoding("utf8").on("data", hear);
    portal.once("error", reject);
    portal.once("exit", (code) => reject(new Error(`the start ended with code ${code}:\n${heard}`)));
  });
}

/** Makes the first account by the set-up link and binds an app to it. Out: the app's secret. */
async function becomeFirst({ browser, port, link }) {
  const { pathname, search } = new URL(link);
  const setup = await browser.open(port, pathname + search);
  const choice = await browser.submit(port, setup, 'name="link"', person);
  const enrol = await browser.submit(port, choice, 'value="totp"', {});
  const secret = /<code[^<>]{0,200}>([A-Z2-7\s]{16,80})<\/code>/.exec(enrol.body)?.[1]?.replaceAll(/\s/g, "");
  if (secret === undefined)
    throw new Error(`the set-up led to ${enrol.path} (${enrol.status}) and not to an app's key`);
  const bound = await browser.submit(port, enrol, 'name="code"', { code: totp(secret) });
  if (!bound.path.startsWith("/security")) throw new Error(`binding the app led to ${bound.path} (${bound.status})`);
  return secret;
}

/** The code of the next half minute: that of this one is used, and clocks may be a step off. */
async function logIn({ browser, port, secret }) {
  const login = await browser.open(port, "/login");
  const challenge = await browser.submit(port, login, 'name="identifier"', {
    identifier: person.username,
    password: person.password,
  });
  const inside = await browser.submit(port, challenge, 'name="code"', { code: totp(secret, Date.now() + 30_000) });
  if (inside.status !== 200 || inside.path !== "/security")
    throw new Error(`the login ended at ${inside.path} (${inside.status})`);
}

function listPeople({ program, copy, env }) {
  return new Promise((resolve, reject) => {
    const args = ["scripts/portal.mjs", "people", "list", "--json"];
    const child = spawn(program, args, { cwd: copy, env, stdio: ["ignore", "pipe", "inherit"] });
    let heard = "";
    child.stdout.setEncoding("utf8").on("data", (piece) => {
      heard += piece;
    });
    child.once("close", (code) =>
      code === 0 && heard.includes(person.email)
        ? resolve()
        : reject(new Error(`people list ended with ${code}: ${heard}`)),
    );
  });
}
