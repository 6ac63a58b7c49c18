import { randomBytes } from "node:crypto";
import {
  chmodSync,
  closeSync,
  existsSync,
  fsyncSync,
  openSync,
  readFileSync,
  renameSync,
  statSync,
  writeSync,
} from "node:fs";
import { join, resolve } from "node:path";
import { envLine, readEnv } from "./env-lines.mjs";
import { fileText } from "./file-text.mjs";
import { root } from "./run-step.mjs";
import { giveUp, say } from "./say.mjs";

const file = join(root, ".env");
/** What Next would read besides. There is one file of settings here. */
const relatives = ["", ".production", ".development"]
  .flatMap((mode) => [`.env${mode}.local`, `.env${mode}`])
  .filter((name) => name !== ".env");
const secret = () => randomBytes(32).toString("base64");

/** The secrets that a first start makes: name, the comment above it, how to make one. */
const secrets = [
  {
    name: "PORTAL_KEYS",
    why: "Seals what the database keeps secret. Keep a copy apart from the backups: without it every bound factor is lost.",
    make: () => `k1:${secret()}`,
  },
  { name: "AUTH_SECRET", why: "Signs cookies. Changing it signs everybody out.", make: secret },
  {
    name: "NEXT_SERVER_ACTIONS_ENCRYPTION_KEY",
    why: "Read when the pages are built. Keeping it lets open pages survive an upgrade.",
    make: secret,
  },
];

/**
 * Writes the secrets that neither the environment nor `.env` has into `.env`, for its owner alone (mode 0600).
 * Refuses where data exists but its keys are gone: fresh ones could not open what is stored.
 */
export function ensureEnvFile() {
  const known = { ...read(), ...process.env };
  const missing = secrets.filter(({ name }) => !known[name] && !known[`${name}_FILE`]);
  if (missing.length === 0) return;
  const dataDir = resolve(root, known.DATA_DIR || "data");
  const hasData = ["postgres/cluster", "postgres.location"].some((path) => existsSync(join(dataDir, path)));
  if (hasData && missing.some(({ name }) => name === "PORTAL_KEYS")) {
    giveUp(
      `${dataDir} holds accounts, but PORTAL_KEYS, which opens what is sealed there, is missing. Bring .env back from your copy; ` +
        "new keys could not open what is stored. To begin with an empty portal instead, move that folder away.",
    );
  }
  say(existsSync(file) ? "Adding fresh secrets to .env…" : "Writing .env with fresh secrets…");
  const lines = missing.map(({ name, why, make }) => `# ${why}\n${envLine(name, make())}\n`);
  const before = existsSync(file)
    ? `${readFileSync(file, "utf8").trimEnd()}\n`
    : "# Secrets of this portal. Never commit or share this file.\n";
  write([before, ...lines].join("\n"));
}

/** Puts `.env` into the environment; what is set there already wins. */
export function loadEnvFile() {
  if (existsSync(file) && (statSync(file).mode & 0o077) !== 0) {
    mention("Other accounts could read .env; now only its owner can.");
    chmodSync(file, 0o600);
  }
  for (const name of relatives)
    if (existsSync(join(root, name))) mention(`${name} is not read: move its lines to .env.`);
  for (const [name, value] of Object.entries(read())) process.env[name] ??= value;
}

/** The key that goes into the build, from the environment or `.env`; "" lets the build make its own. */
export function buildKey() {
  const known = { ...read(), ...process.env };
  const path = known.NEXT_SERVER_ACTIONS_ENCRYPTION_KEY_FILE;
  if (path) return secretIn(resolve(root, path));
  return known.NEXT_SERVER_ACTIONS_ENCRYPTION_KEY ?? "";
}

function secretIn(path) {
  const { text, mistake } = fileText(readFileSync(path));
  if (mistake) giveUp(`The file ${path} ${mistake}`);
  return text.trim();
}

/** What `.env` sets. What cannot be read in it ends the command: half a file would be another configuration. */
function read() {
  if (!existsSync(file)) return {};
  const { text, mistake } = fileText(readFileSync(file));
  if (mistake) giveUp(`.env ${mistake}`);
  const { values, notes, mistakes } = readEnv(text);
  if (mistakes.length > 0) giveUp(`.env cannot be read:\n${mistakes.map((line) => `  - ${line}`).join("\n")}`);
  for (const line of notes) mention(`.env, ${line}`);
  return values;
}

const mentioned = new Set();

/** Once, and on stderr: stdout belongs to the answer of a command. */
function mention(line) {
  if (!mentioned.has(line)) console.error(line);
  mentioned.add(line);
}

/** All or nothing, and on disk before anything is sealed with it. */
function write(text) {
  const draft = `${file}.new`;
  const handle = openSync(draft, "w", 0o600);
  writeSync(handle, text);
  fsyncSync(handle);
  closeSync(handle);
  chmodSync(draft, 0o600);
  renameSync(draft, file);
}
