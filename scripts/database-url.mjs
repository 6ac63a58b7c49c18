import { oddFile } from "./ordinary-file.mjs";

/** What the driver reads of the part behind `?`, and which values it takes for what they say; null: any. */
const known = {
  host: null,
  port: /^\d{1,5}$/,
  user: null,
  password: null,
  options: null,
  application_name: null,
  sslmode: /^(?:disable|prefer|require|verify-ca|verify-full|no-verify)$/,
  ssl: /^(?:true|1|0|no-verify)$/, // "false" would be taken for yes
  sslnegotiation: /^(?:postgres|direct)$/,
  uselibpqcompat: /^true$/,
  sslcert: null,
  sslkey: null,
  sslrootcert: null,
};
const example = "postgresql://USER:PASSWORD@HOST:5432/DATABASE";

/**
 * What is wrong with an address of a PostgreSQL, in the rest of a sentence that begins with its setting; null for nothing. Everything that the
 * driver would skip, guess or take for something else is a mistake: who wrote it means it. The sentence never repeats a value.
 */
export function databaseUrlMistake(text) {
  const url = readUrl(text);
  if (url?.protocol !== "postgresql:" && url?.protocol !== "postgres:")
    return `must be a PostgreSQL address: ${example}.`;
  if (/\s/.test(text) || url.hash !== "" || !isDecodable(url))
    return "must write signs such as % # ? and spaces in a name or a password as %25 %23 %3F %20.";
  if (url.pathname.length < 2) return "must name a database at its end.";
  const asked = url.searchParams;
  if (url.hostname === "" && !asked.get("host")) return `must name a host: ${example}.`;
  if (/^[^/]*,/.test(asked.get("host") ?? url.hostname)) return "must name one host: the driver asks no second one.";
  if (url.username === "" && !asked.get("user")) return `must name an account: ${example}.`;
  return parameterMistake(asked);
}

/** The address that a text is, or null; `URL.canParse` fails here on names beyond ASCII once it was compiled (lib/kernel/url.ts). */
function readUrl(text) {
  try {
    return new URL(text);
  } catch {
    return null;
  }
}

function isDecodable({ username, password, pathname, hostname, search }) {
  try {
    for (const part of [username, password, pathname, hostname, search]) decodeURIComponent(part);
    return true;
  } catch {
    return false;
  }
}

function parameterMistake(asked) {
  const names = [...asked.keys()];
  if (names.includes("schema"))
    return "must not contain schema: the portal's tables lie in the schema public, so give it a database of its own.";
  if (names.some((name) => !Object.hasOwn(known, name)))
    return `contains a parameter that the driver would ignore, or that is not yours to set. It reads ${Object.keys(known).join(", ")}: remove the others.`;
  if (new Set(names).size < names.length) return "contains one parameter twice.";
  const odd = names.find((name) => known[name] !== null && !known[name].test(asked.get(name) ?? ""));
  if (odd === undefined) return fileMistake(asked);
  return `contains ${odd} with a value that the driver does not know. ${hints[odd] ?? ""}`.trim();
}

/** The driver reads these files itself, and would wait for a pipe. A list of everybody's roots may be of any size. */
function fileMistake(asked) {
  for (const name of ["sslcert", "sslkey", "sslrootcert"]) {
    const mistake = asked.get(name) && oddFile(asked.get(name), { isSmall: name !== "sslrootcert" });
    if (mistake) return `names a file in ${name} that ${mistake}`;
  }
  return null;
}

const modes = "Write sslmode=disable, require, verify-ca, verify-full or no-verify.";
const hints = { ssl: modes, sslmode: modes };
