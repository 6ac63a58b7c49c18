import { spawn } from "node:child_process";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { checkDataFolder, checkDataSpace, checkSystem } from "../database-grounds.mjs";
import { loadEnvFile } from "../env-file.mjs";
import { dropForeign } from "../foreign-settings.mjs";
import { ensureEnvFile } from "../fresh-secrets.mjs";
import { checkEnvFile, checkFolder, checkName } from "../grounds.mjs";
import { known } from "../known-settings.mjs";
import { linesFor } from "../next-lines.mjs";
import { ensureInstalled } from "../packages.mjs";
import { ensureBundled, ensureGenerated } from "../prepare.mjs";
import { told } from "../refusal.mjs";
import { environmentIsComplete, root } from "../run-step.mjs";
import { giveUp, say } from "../say.mjs";
import { stopSignals } from "../stop-signals.mjs";

/** `npm run dev`: the portal that rebuilds itself, with a database of its own in `data/dev` and a cast of people. */
async function dev() {
  process.chdir(root);
  checkName();
  checkFolder();
  checkEnvFile();
  const dataDir = join(root, "data", "dev");
  checkGrounds({ dataDir, isBuiltIn: true });
  await ensureInstalled();
  await ensureEnvFile({ alsoBeside: [dataDir] });
  loadEnvFile();
  dropForeign();
  const settings = known(process.env);
  const port = settings.PORT ?? "3000";
  Object.assign(process.env, {
    NODE_ENV: "development",
    NEXT_TELEMETRY_DISABLED: "1",
    DEV_TOOLS: "true",
    SECOND_FACTOR: settings.SECOND_FACTOR ?? "off",
    PORT: port,
    DATA_DIR: dataDir,
    APP_URL: `http://localhost:${port}`,
    HOST: "127.0.0.1",
    ...mailboxes(settings),
  });
  await ensureGenerated();
  await ensureBundled(["lib/db/built-in.ts", "lib/db/migrate.ts", "lib/serve/instance-lock.ts", "prisma/seed.ts"]);
  await serveUntilStopped(dataDir, port);
}

function checkGrounds(place) {
  checkDataFolder(place);
  checkSystem(place);
  checkDataSpace(place);
}

/** Letters go to the pages of /dev/mailbox, and every kind is on offer, unless .env says otherwise. */
function mailboxes(settings) {
  const { MAIL_CHANNEL = "mailbox", SMS_CHANNEL = "mailbox", SMS_COUNTRIES = "GB,US,FR,DE,CN" } = settings;
  const kinds = ["passkey", "totp", SMS_CHANNEL !== "off" && "sms", MAIL_CHANNEL !== "off" && "email"]
    .filter(Boolean)
    .join(",");
  const { SECOND_FACTOR_KINDS = kinds } = settings;
  return { MAIL_CHANNEL, SMS_CHANNEL, SMS_COUNTRIES, SECOND_FACTOR_KINDS };
}

async function serveUntilStopped(dataDir, port) {
  const { takeInstanceLock } = await import("../../.sallyport/instance-lock.mjs");
  const { startBuiltIn } = await import("../../.sallyport/built-in.mjs");
  // A second one would take the first one's database over, and stop it at its own end.
  const lock = await takeInstanceLock(dataDir, process.env.APP_URL);
  if (lock.kind === "taken") giveUp(`The development portal is already running here: ${lock.by}`);
  const database = await startBuiltIn({
    root,
    dataDir,
    say,
    onExit: () => giveUp("The database ended. Start again: npm run dev"),
  });
  process.env.DATABASE_URL = database.url;
  try {
    await fill(database.url);
    await runNext(port);
  } finally {
    await database.stop();
  }
}

async function fill(url) {
  const { migrate } = await import("../../.sallyport/migrate.mjs");
  await migrate(url, join(root, "prisma", "migrations"), say);
  const { seed, castTable } = await import("../../.sallyport/seed.mjs");
  await seed(url);
  say(castTable());
  if ([process.env.MAIL_CHANNEL, process.env.SMS_CHANNEL].includes("mailbox"))
    say(`Letters: ${process.env.APP_URL}/dev/mailbox`);
}

/** Ctrl-C reaches Next as well, and it ends in order at nothing else but SIGTERM; we stay until it has ended, and then stop the database. */
function runNext(port) {
  const next = spawn(process.execPath, ["node_modules/next/dist/bin/next", "dev", "-H", "127.0.0.1", "-p", port], {
    stdio: ["inherit", "pipe", "inherit"],
    env: { ...(process.stdout.isTTY ? { FORCE_COLOR: "1" } : {}), ...process.env, ...environmentIsComplete },
  });
  createInterface({ input: next.stdout }).on("line", (line) => linesFor(line, process.env.APP_URL).forEach(say));
  for (const name of stopSignals) process.on(name, () => name === "SIGINT" || next.kill("SIGTERM"));
  return new Promise((resolve, reject) => {
    next.once("error", reject);
    next.once("exit", resolve);
  });
}

await told(dev);
