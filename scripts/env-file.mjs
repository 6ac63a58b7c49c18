import { chmodSync, existsSync, statSync } from "node:fs";
import { join, resolve } from "node:path";
import { refuseDanglingLink } from "./dangling-links.mjs";
import { readEnv } from "./env-lines.mjs";
import { fileText } from "./file-text.mjs";
import { isSet, known } from "./known-settings.mjs";
import { readOrdinaryFile } from "./ordinary-file.mjs";
import { root } from "./run-step.mjs";
import { giveUp, object } from "./say.mjs";
import { strangeKeys } from "./strange-keys.mjs";
import { strangePaths } from "./strange-paths.mjs";

/** The file of settings of this checkout. */
export const envFile = join(root, ".env");
/** What Next would read besides. There is one file of settings here. */
const relatives = ["", ".production", ".development"]
  .flatMap((mode) => [`.env${mode}.local`, `.env${mode}`])
  .filter((name) => name !== ".env");

/** Puts `.env` into the environment; what is set there already wins. */
export function loadEnvFile() {
  closeToOthers();
  for (const name of relatives)
    if (existsSync(join(root, name))) mention(`${name} is not read: move its lines to .env.`);
  for (const [name, value] of Object.entries(readEnvFile())) if (!isSet(process.env[name])) process.env[name] = value;
}

/** Only the owner of `.env` should read it. A mount, or another owner, may not allow that: then it is said, and what can be read is used. */
export function closeToOthers() {
  if (!existsSync(envFile) || modeForOthers() === 0) return;
  const why = notClosed();
  mention(
    why === null
      ? "Other accounts could read .env; now only its owner can."
      : `Other accounts can read .env, and its mode cannot be changed here (${why}).`,
  );
}

const modeForOthers = () => statSync(envFile).mode & 0o077;

/** Null once it is closed. Some mounts take a new mode and keep the old one. */
function notClosed() {
  try {
    chmodSync(envFile, 0o600);
  } catch (fault) {
    return fault.code;
  }
  return modeForOthers() === 0 ? null : `it stays ${(statSync(envFile).mode & 0o777).toString(8)}`;
}

/** Every setting that is set, in the environment or in `.env`, by name. */
export const settings = () => known(process.env, readEnvFile());

/** The key that the operator gives to the build; "" leaves it the one of all builds (next.config.js). */
export function buildKey() {
  const { NEXT_SERVER_ACTIONS_ENCRYPTION_KEY: key, NEXT_SERVER_ACTIONS_ENCRYPTION_KEY_FILE: path } = settings();
  return (key ?? textIn(path) ?? "").trim();
}

/** What stands in the file that a `_FILE` setting names; undefined for none and for a blank one. Ends the command when it is not readable. */
export function textIn(path) {
  if (path === undefined) return undefined;
  const { bytes, mistake: odd, fault } = readOrdinaryFile(resolve(root, path.trim()));
  if (odd) giveUp(`The file ${path} of a setting ${odd}`);
  if (fault)
    giveUp(
      `The file ${path} of a setting cannot be read (${fault.code}). Correct its path or its owner, and try again.`,
    );
  const { text, mistake } = fileText(bytes);
  if (mistake) giveUp(`The file ${path} ${mistake}`);
  return isSet(text) ? text : undefined;
}

/**
 * What `.env` sets, after a look at all names there and in the environment. What cannot be read in it ends the command: half a file would be
 * another configuration. So does a mistyped name, a rule that nobody keeps, before anything is written or started with it.
 */
export function readEnvFile() {
  const values = parsedFile();
  const { mistakes, notes } = lookedAt(Object.keys(values), Object.keys(known(process.env)));
  for (const line of notes) mention(line);
  if (mistakes.length > 0)
    object(
      `Some settings have names that mean nothing here:\n${listed(mistakes)}\nCorrect or remove them. Every key stands in .env.example.`,
    );
  const paths = strangePaths(known(process.env, values));
  if (paths.length > 0) object(`Some settings name places that cannot be used:\n${listed(paths)}`);
  return values;
}

let last = { names: "", found: null };

/** A start asks for its settings nine times; the same names are compared with ours once. */
function lookedAt(file, environment) {
  const names = JSON.stringify([file, environment]);
  if (last.names !== names) last = { names, found: strangeKeys(file, environment) };
  return last.found;
}

function parsedFile() {
  refuseDanglingLink(envFile);
  if (!existsSync(envFile)) return {};
  const { bytes, mistake: odd, fault } = readOrdinaryFile(envFile);
  if (odd) giveUp(`.env ${odd}`);
  if (fault) throw fault;
  const { text, mistake } = fileText(bytes);
  if (mistake) giveUp(`.env ${mistake}`);
  const { values, notes, mistakes } = readEnv(text);
  if (mistakes.length > 0) object(`.env cannot be read:\n${listed(mistakes)}`);
  for (const line of notes) mention(`.env, ${line}`);
  return values;
}

const listed = (lines) => lines.map((line) => `  - ${line}`).join("\n");

const mentioned = new Set();

/** Once, and on stderr: stdout belongs to the answer of a command. */
function mention(line) {
  if (!mentioned.has(line)) console.error(line);
  mentioned.add(line);
}
