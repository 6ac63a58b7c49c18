import { randomBytes } from "node:crypto";
import {
  chmodSync,
  closeSync,
  existsSync,
  fsyncSync,
  ftruncateSync,
  openSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { join, resolve } from "node:path";
import { databaseUrlMistake } from "./database-url.mjs";
import { closeToOthers, envFile, settings, textIn } from "./env-file.mjs";
import { envLine } from "./env-lines.mjs";
import { isSet } from "./known-settings.mjs";
import { readOrdinaryFile } from "./ordinary-file.mjs";
import { root } from "./run-step.mjs";
import { giveUp, say } from "./say.mjs";
import { holdsSealedData } from "./sealed-data.mjs";

const secret = () => randomBytes(32).toString("base64");

/** The secrets that a first start makes: name, the comment above it, how to make one. */
const secrets = [
  {
    name: "PORTAL_KEYS",
    why: "Seals what the database keeps secret. Keep a copy apart from the backups: without it every bound factor is lost.",
    make: () => `k1:${secret()}`,
  },
  { name: "AUTH_SECRET", why: "Signs cookies. Changing it signs everybody out.", make: secret },
];

/**
 * Writes the secrets that neither the environment nor `.env` has into `.env`, for its owner alone (mode 0600). A line that names one
 * without a value is filled in; nothing is written beside a value. Refuses where data exists, built-in or in DATABASE_URL, but its keys
 * are gone: fresh ones could not open what is stored. `alsoBeside`: further data folders that these keys are for. True when the keys of the
 * portal were made just now.
 */
export async function ensureEnvFile({ alsoBeside = [] } = {}) {
  const known = settings();
  const missing = secrets.filter(({ name }) => !known[name] && !isInFile(known[`${name}_FILE`]));
  if (missing.length === 0) return false;
  const areFresh = missing.some(({ name }) => name === "PORTAL_KEYS");
  if (areFresh) await refuseBesideData(known, alsoBeside);
  const before = existsSync(envFile)
    ? readFileSync(envFile, "utf8")
    : "# Secrets of this portal. Never commit or share this file.\n";
  say(existsSync(envFile) ? "Adding fresh secrets to .env…" : "Writing .env with fresh secrets…");
  write(missing.reduce(withSecret, before));
  return areFresh;
}

/** A file that cannot be read still counts as one: what it holds is not known, and the start will name it. */
function isInFile(path) {
  if (path === undefined) return false;
  const { bytes } = readOrdinaryFile(resolve(root, path.trim()));
  return bytes === undefined || isSet(bytes.toString());
}

async function refuseBesideData(known, alsoBeside) {
  const dataDirs = [resolve(root, known.DATA_DIR?.trim() ?? "data"), ...alsoBeside];
  const full = dataDirs.find((dataDir) =>
    ["postgres/cluster", "postgres.location"].some((path) => existsSync(join(dataDir, path))),
  );
  if (full !== undefined) refuse(full, "To begin with an empty portal instead, move that folder away.");
  const url = known.DATABASE_URL ?? textIn(known.DATABASE_URL_FILE);
  if (url === undefined) return;
  const mistake = databaseUrlMistake(url.trim());
  if (mistake !== null) giveUp(`DATABASE_URL ${mistake}`);
  if (await holdsSealedData(url.trim())) {
    refuse("The database of DATABASE_URL", "To begin with an empty portal instead, name an empty database.");
  }
}

function refuse(holder, otherwise) {
  giveUp(
    `${holder} holds accounts, but PORTAL_KEYS, which opens what is sealed there, is missing. Bring .env back from your copy; ` +
      `new keys could not open what is stored. ${otherwise}`,
  );
}

/** The text with one more secret: in the last line that names it without a value, else in a line of its own at the end. */
function withSecret(text, { name, why, make }) {
  const lines = text.trimEnd().split("\n");
  const named = lines.findLastIndex((line) => line.includes("=") && nameIn(line) === name);
  if (named === -1) return `${lines.join("\n")}\n\n# ${why}\n${envLine(name, make())}\n`;
  return `${lines.with(named, envLine(name, make())).join("\n")}\n`;
}

const nameIn = (line) =>
  line
    .trim()
    .replace(/^export\s+/, "")
    .split("=", 1)[0]
    .trimEnd();

/**
 * All or nothing, and on disk before anything is sealed with it; a link stays one. A file that is mounted by itself cannot be exchanged: it is
 * written in place. No draft stays behind, for it holds secrets.
 */
function write(text) {
  const place = existsSync(envFile) ? realpathSync(envFile) : envFile;
  const draft = `${place}.new`;
  rmSync(draft, { force: true }); // of a start that was cut off, or a link to somewhere else
  try {
    onDisk(openSync(draft, "wx", 0o600), text);
    chmodSync(draft, 0o600);
    renameSync(draft, place);
  } catch (fault) {
    if (fault.code !== "EBUSY" && fault.code !== "EXDEV") throw fault;
    onDisk(openSync(place, "r+"), text);
    closeToOthers();
  } finally {
    rmSync(draft, { force: true });
  }
}

/** What stood there is cut off last: a full disk takes no line away. */
function onDisk(handle, text) {
  try {
    writeFileSync(handle, text);
    ftruncateSync(handle, Buffer.byteLength(text));
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}
