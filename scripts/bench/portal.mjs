import { spawn } from "node:child_process";
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { root, run } from "../run-step.mjs";

const left = new Set(["node_modules", ".git", ".next", ".sallyport", "data", ".bench", ".env", "bench-results"]);

/** A copy of the checkout with the blank pages in it, so that the real one never serves them. Out: its folder. */
export async function layOutCopy() {
  const copy = join(root, ".bench");
  mkdirSync(copy, { recursive: true });
  const location = join(copy, "data", "postgres.location");
  if (existsSync(location))
    rmSync(readFileSync(location, "utf8").split("\n")[0] ?? location, { recursive: true, force: true });
  for (const name of readdirSync(copy)) if (!keptInCopy.has(name)) rmSync(join(copy, name), { recursive: true });
  for (const name of readdirSync(root))
    if (!left.has(name)) cpSync(join(root, name), join(copy, name), { recursive: true });
  const pages = join(root, "scripts", "bench", "pages");
  const bench = join(copy, "app", "bench");
  mkdirSync(join(bench, "guarded"), { recursive: true });
  cpSync(join(pages, "page.tsx.txt"), join(bench, "page.tsx"));
  cpSync(join(pages, "guarded.tsx.txt"), join(bench, "guarded", "page.tsx"));
  cpSync(join(pages, "actions.ts.txt"), join(bench, "actions.ts"));
  await copyPackages(copy);
  return copy;
}

/** The packages as hard links, made anew when the lock file has changed since. */
async function copyPackages(copy) {
  const mark = join(copy, "node_modules", ".copied-from");
  const lock = readFileSync(join(root, "package-lock.json"), "utf8");
  if (existsSync(mark) && readFileSync(mark, "utf8") === lock) return;
  rmSync(join(copy, "node_modules"), { recursive: true, force: true });
  const { code, output } = await run("cp", ["-al", join(root, "node_modules"), join(copy, "node_modules")]);
  if (code !== 0) throw new Error(`The packages could not be copied: ${output}`);
  writeFileSync(mark, lock);
}

/** What a second run need not make again: packages, build and keys. */
const keptInCopy = new Set(["node_modules", ".next", ".sallyport", ".env"]);

/** The settings of a portal that sends codes by both channels into the mailbox of development, and whose day has no end. */
export const sendingEnv = {
  DEV_TOOLS: "true",
  MAIL_CHANNEL: "mailbox",
  MAIL_PER_DAY: "1000000",
  SMS_CHANNEL: "mailbox",
  SMS_COUNTRIES: "US",
  SMS_PER_DAY: "1000000",
  SECOND_FACTOR_KINDS: "totp,sms,email",
  EMAIL_COUNTS: "true",
};

/** Starts the copy as `npm start` would, and waits until it answers. Out: its process id, address and how to stop it. */
export async function startPortal(copy, env = {}, nodeArguments = []) {
  const port = await freePort();
  const child = spawn(process.execPath, [...flags(), ...nodeArguments, "scripts/start.mjs"], {
    cwd: copy,
    env: { ...process.env, PORT: String(port), TRUSTED_PROXIES: "127.0.0.1/32", ...env },
    stdio: ["ignore", "pipe", "inherit"],
  });
  await heardReady(child);
  child.stdout.resume();
  const stop = () => ended(child);
  return { pid: child.pid, port, origin: `http://localhost:${port}`, stop };
}

/** A second portal on the database of the first, in a process of its own, under the same address. Out: its process id, port and how to stop it. */
export async function startSecond(copy, databaseUrl, appUrl, env = {}) {
  const port = await freePort();
  const child = spawn(process.execPath, [...flags(), "--input-type=module", "-e", servingProgram(copy)], {
    cwd: copy,
    env: {
      ...process.env,
      NODE_ENV: "production",
      TRUSTED_PROXIES: "127.0.0.1/32",
      ...env,
      PORT: String(port),
      APP_URL: appUrl,
      DATABASE_URL: databaseUrl,
      DATA_DIR: join(copy, "data", `portal-${port}`),
    },
    stdio: ["ignore", "pipe", "inherit"],
  });
  await heardReady(child);
  const stop = () => ended(child);
  return { pid: child.pid, port, origin: appUrl, stop };
}

const servingProgram = (copy) =>
  `process.chdir(${JSON.stringify(copy)});(await import(${JSON.stringify(join(copy, "scripts/env-file.mjs"))})).loadEnvFile();const {serve}=await import(${JSON.stringify(join(copy, ".sallyport/serve.mjs"))});await serve({root:${JSON.stringify(copy)}});`;

/** Asks a portal to stop and waits until it has. Out: its exit code. */
function ended(child) {
  return new Promise((resolve) => {
    child.once("exit", resolve);
    child.kill("SIGTERM");
  });
}

function heardReady(child) {
  return new Promise((resolve, reject) => {
    let heard = "";
    child.stdout.on("data", (piece) => {
      heard = (heard + piece).slice(-4000);
      if (heard.includes("Sallyport is ready")) resolve();
    });
    child.once("exit", (code) => reject(new Error(`The portal ended with code ${code}:\n${heard}`)));
  });
}

/** Milliseconds from starting the standalone server to its first 200, without building or database start. */
export async function timeToFirstAnswer(copy, databaseUrl) {
  const port = await freePort();
  const begun = performance.now();
  const child = spawn(process.execPath, [...flags(), "--input-type=module", "-e", servingProgram(copy)], {
    cwd: copy,
    env: {
      ...process.env,
      NODE_ENV: "production",
      PORT: String(port),
      DATABASE_URL: databaseUrl,
      DATA_DIR: join(copy, "data", "second"),
    },
    stdio: "ignore",
  });
  try {
    for (const deadline = begun + 20_000; performance.now() < deadline; await pause(5)) {
      const status = await fetch(`http://localhost:${port}/login`).then(
        (answer) => answer.status,
        () => 0,
      );
      if (status === 200) return performance.now() - begun;
    }
    throw new Error("The portal did not answer within 20 s.");
  } finally {
    child.kill("SIGKILL");
  }
}

/** The id under which the build knows a server action. */
export function actionId(copy, exportedName) {
  const manifest = JSON.parse(readFileSync(join(copy, ".next", "server", "server-reference-manifest.json"), "utf8"));
  const found = Object.entries(manifest.node).find(
    ([, action]) =>
      action.exportedName === exportedName ||
      Object.values(action.workers ?? {}).some((worker) => worker.exportedName === exportedName),
  );
  if (!found) throw new Error(`The build knows no action ${exportedName}.`);
  return found[0];
}

/** The flags that `npm start` gives Node. */
function flags() {
  const { scripts } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
  return scripts.start.split(" ").filter((word) => word.startsWith("--"));
}

/** A port of this machine that nobody listens on. */
export function freePort() {
  return new Promise((resolve) => {
    const probe = createServer().listen(0, "127.0.0.1", () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });
}
