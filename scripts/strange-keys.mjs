import { closest, distance } from "./closest.mjs";
import { settingNames } from "./setting-names.mjs";

/** Beginnings that only our own keys have: whatever else begins like this was meant for us. */
const ours =
  /^(?:(?:BRAND|PORTAL|TOTP|MAIL|SMTP|SMS|TWILIO|RESEND|APPS|RSA|HEALTH)_|TRUSTED_PROX|SECOND_FACTOR|AUTH_SECRET|EMAIL_COUNTS|RESET_WITHOUT|DEV_TOOLS)/;

/**
 * Names that were meant for the portal and mean nothing to it: a setting that somebody believes to hold does not. In: the names that `.env`
 * sets and those of the environment. Out: `mistakes`, which end a command, and `notes`, both sentences. `.env` is ours: what is close to a
 * key or begins like one is a mistake, anything else is told. The environment is everybody's: only what is close to a key that is not set
 * is a mistake, because there a name that begins like ours may belong to another program.
 */
export function strangeKeys(file, environment) {
  const set = new Set([...file, ...environment]);
  const inFile = file.flatMap((name) => judged(name, ".env", isClose));
  const outside = environment
    .filter((name) => !file.includes(name) && mayBeOurs(name))
    .flatMap((name) => judged(name, "the environment", isCloseThere))
    .filter(({ isOurs }) => isOurs)
    .map((one) => ({ ...one, isMistake: one.isClose && !set.has(one.meant) }));
  const found = [...inFile.map((one) => ({ ...one, isMistake: one.isOurs })), ...outside];
  return {
    mistakes: found.flatMap(({ isMistake, sentence }) => (isMistake ? [sentence] : [])),
    notes: found.flatMap(({ isMistake, sentence }) => (isMistake ? [] : [sentence])),
  };
}

function judged(name, place, isNear) {
  if (settingNames.includes(name)) return [];
  const meant = closest(folded(name), settingNames);
  const close = isNear(name, meant);
  const plain = isPlain(name);
  const hint = plain
    ? " Only secrets can come from a file."
    : close || isAlike(name, meant)
      ? ` Did you mean ${meant}?`
      : "";
  const sentence = `${name} in ${place} is not a key of the portal.${hint}`;
  return [{ meant, isClose: close, isOurs: close || plain || ours.test(folded(name)), sentence }];
}

/** An environment has dozens of names, nearly all of them somebody else's: these are not compared letter by letter to the end with each key, and each once in a process. */
function mayBeOurs(name) {
  if (!seen.has(name))
    seen.set(name, ours.test(folded(name)) || isPlain(name) || settingNames.some((key) => isCloseThere(name, key)));
  return seen.get(name);
}

const seen = new Map();

/** A key of ours that is no secret, as a file. */
const isPlain = (name) => name.endsWith("_FILE") && settingNames.includes(name.slice(0, -5));

/** One slip of a finger in a short name, two in a long one; another case or another sign between words is none. */
function isClose(name, key) {
  const most = key.length >= 9 ? 2 : 1;
  if (Math.abs(name.length - key.length) > most) return false;
  const typed = folded(name);
  return differentLetters(typed, key) <= 2 * most && distance(typed, key, most) <= most;
}

/** Letters that only one of two words has. A slip changes at most two of them, so most words are told apart without looking at their order. */
function differentLetters(one, other) {
  const letters = new Set(one);
  let shared = 0;
  const theirs = new Set(other);
  for (const letter of theirs) if (letters.has(letter)) shared += 1;
  return letters.size + theirs.size - 2 * shared;
}

/** Short names (PORT, HOST) are too close to names of others. */
const isCloseThere = (name, key) => key.length >= 6 && isClose(name, key);
/** Worth a question, no more. */
const isAlike = (name, key) => distance(folded(name), key) <= key.length / 3;
const folded = (name) => name.toUpperCase().replace(/[.-]/g, "_");
