import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";

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
  REGISTRATION: "open",
};

/** Starts the copy as `npm start` would, and waits until it answers. Out: its process id, address and how to stop it. */
export async function startPortal(copy, env = {}, nodeArguments = []) {
  const port = await freePort();
  const child = spawn(process.execPath, [...flagsOf(copy), ...nodeArguments, "scripts/start.mjs"], {
    cwd: copy,
    env: { ...process.env, PORT: String(port), TRUSTED_PROXIES: "127.0.0.1/32", ...env },
    stdio: ["ignore", "pipe", "inherit"],
  });
  await heardReady(child);
  child.stdout.resume();
  const stop = () => ended(child);
  return { pid: child.pid, port, origin: `http://localhost:${port}`, stop };
}

/**
 * A second portal on the database of the first, in a process of its own, under the same address; the copy is built already. Out: its process id, port
 * (`wanted`, or a free one) and how to stop or to kill it.
 */
export async function startSecond(copy, databaseUrl, appUrl, env = {}, wanted = null) {
  const port = wanted ?? (await freePort());
  const child = spawn(process.execPath, [...flagsOf(copy), "--input-type=module", "-e", servingProgram(copy)], {
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
  const kill = () => ended(child, "SIGKILL");
  return { pid: child.pid, port, origin: appUrl, stop, kill };
}

/** What a second portal of one checkout runs: the serving entry alone, with the settings that it is given. */
export const servingProgram = (copy) =>
  `process.chdir(${JSON.stringify(copy)});(await import(${JSON.stringify(join(copy, "scripts/env-file.mjs"))})).loadEnvFile();const {serve}=await import(${JSON.stringify(join(copy, ".sallyport/serve.mjs"))});await serve({root:${JSON.stringify(copy)}});`;

/** Asks a portal to stop, or ends it (`SIGKILL`), and waits until it has. Out: its exit code. */
export function ended(child, signal = "SIGTERM") {
  return new Promise((resolve) => {
    if (child.exitCode !== null) return resolve(child.exitCode);
    child.once("exit", resolve);
    child.kill(signal);
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

/** The flags that `npm start` gives Node in that folder. */
export function flagsOf(folder) {
  const { scripts } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
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
