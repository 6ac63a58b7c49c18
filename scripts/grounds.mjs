import { accessSync, constants, existsSync, mkdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { refuseDanglingLink } from "./dangling-links.mjs";
import { checkSpace } from "./database-grounds.mjs";
import { envFile, settings } from "./env-file.mjs";
import { isInstalled } from "./packages.mjs";
import { portSentence } from "./port-sentence.mjs";
import { account, mayNotWrite, quoted } from "./refusal.mjs";
import { root } from "./run-step.mjs";
import { giveUp } from "./say.mjs";

/** What every command needs before it reads or writes anything: an `.env` that can be read. */
export function checkEnvFile() {
  refuseDanglingLink(envFile);
  const found = statSync(envFile, { throwIfNoEntry: false });
  if (found === undefined) return;
  if (!found.isFile()) {
    giveUp(
      `${envFile} is not a file${found.isDirectory() ? " but a folder" : ""}. Move it away, or put the file with your settings there.`,
    );
  }
  if (!may(envFile, constants.R_OK)) {
    giveUp(
      `The account ${account()} may not read ${envFile}. Start as the account that owns it, or give it the file: chown ${account()} ${quoted(envFile)}`,
    );
  }
}

/** A name that the tools which build the pages take for something else: they cut a path off at a # or a ?. */
export function checkName() {
  const [odd] = /[#?\n\r]/.exec(root) ?? [];
  if (odd === undefined) return;
  giveUp(
    `The path of this folder, ${JSON.stringify(root)}, holds ${JSON.stringify(odd)}, which the tools that build the pages cannot read. Rename the folder and try again.`,
  );
}

/** A folder of this checkout that a start writes into: it is made, and a file in it, so that every "no" is heard now. */
export function checkFolder() {
  const folder = join(root, ".sallyport");
  for (const name of [".sallyport", "node_modules", ".next", "lib/db/generated"]) refuseDanglingLink(join(root, name));
  try {
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, `probe.${process.pid}`), "");
    rmSync(join(folder, `probe.${process.pid}`));
  } catch (fault) {
    throw Object.assign(fault, { path: folder });
  }
  for (const name of ["node_modules", ".next", "lib/db/generated", "."]) {
    const path = join(root, name);
    if (existsSync(path) && !may(path, constants.W_OK)) giveUp(mayNotWrite(path));
  }
  if (isInstalled()) return;
  checkSpace(root, 1200, "the packages");
}

/** Can the ports be had? Asked by taking them for a moment. What is no port or no address is told with the other mistakes of the settings. */
export async function checkPorts() {
  const { HOST = "127.0.0.1", PORT = "3000", HEALTH_HOST = "127.0.0.1", HEALTH_PORT } = settings();
  await checkPort("PORT", PORT, HOST.trim());
  if (HEALTH_PORT !== undefined) await checkPort("HEALTH_PORT", HEALTH_PORT, HEALTH_HOST.trim());
}

async function checkPort(name, text, host) {
  const port = Number(text);
  if (!Number.isInteger(port) || port < 1 || port > 65_535) return;
  const fault = await new Promise((heard) => {
    const probe = createServer().once("error", heard);
    probe.listen(port, host, () => probe.close(() => heard(null)));
  });
  if (fault !== null) giveUp(portSentence(fault, { name, host, port }));
}

function may(path, how) {
  try {
    accessSync(path, how);
    return true;
  } catch {
    return false;
  }
}
