import { isWithin, meansEverybody, rangesOf, readRange } from "@/lib/kernel/address-range";
import { readOrigin } from "@/lib/kernel/authority";
import { readEmailAddress } from "@/lib/kernel/email-address";
import { readUrl } from "@/lib/kernel/url";
import { databaseUrlMistake } from "@/scripts/database-url.mjs";

/**
 * Readers for the values that are more than a word or a number. Each returns what the portal works with, or throws
 * `Mistake` with a sentence for the operator. No sentence ever repeats the value: it may be a secret.
 */

/** A 256-bit key of the keyring: `id` names it in what it seals. */
export type Key = { readonly id: string; readonly bytes: Buffer };

/** What a reader says about a value: the value, or a sentence about what is wrong with it. */
export type Reading<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly mistake: string };

/** The key printed in `.env.example`: public, therefore refused. It spells a sentence of 32 bytes. */
export const exampleKey = Buffer.from("Example only: generate your own!").toString("base64");

const right = <T>(value: T): Reading<T> => ({ ok: true, value });
const wrong = (mistake: string): Reading<never> => ({ ok: false, mistake });

/** Is this host name, in whatever spelling, this very machine? Only there plain http will do: nothing leaves it. */
export function isLoopbackHost(hostname: string): boolean {
  const name = hostname.replace(/\.$/, "").toLowerCase();
  return name === "localhost" || isWithin(withoutBrackets(name), loopback);
}

const loopback = rangesOf(["127.0.0.0/8", "::1"]);
const withoutBrackets = (hostname: string) =>
  hostname.startsWith("[") && hostname.endsWith("]") ? hostname.slice(1, -1) : hostname;

/**
 * `APP_URL` → its origin. Plain http is for this machine only, with cookies of its own kind: anywhere else a session and a
 * password would travel readable.
 */
export function readAppUrl(text: string): Reading<string> {
  const url = readUrl(text);
  if (url === null) return wrong("must be a full address, such as https://login.example.test.");
  if (url.protocol !== "https:" && url.protocol !== "http:") return wrong("must begin with https:// or http://.");
  if (url.username !== "" || url.password !== "") return wrong("must not contain a user name or a password.");
  if (url.pathname !== "/" || url.search !== "" || url.hash !== "" || text.includes("?") || text.includes("#")) {
    return wrong("must be only scheme, host and port, without a path.");
  }
  if (url.protocol === "http:" && !isLoopbackHost(url.hostname)) {
    return wrong("must be https:// unless it is this machine (localhost): the cookies of the portal need it.");
  }
  const origin = readOrigin(url.origin); // without the dot that may end a name
  return origin === null ? wrong("must name a host, such as https://login.example.test.") : right(origin);
}

/** `PORTAL_KEYS`, `k2:BASE64,k1:BASE64` → keys, the first one seals, all of them open. */
export function readKeys(text: string): Reading<readonly Key[]> {
  const keys: Key[] = [];
  for (const entry of split(text)) {
    const parts = /^([a-z0-9][a-z0-9_-]{0,15}):([A-Za-z0-9+/]{43}=)$/.exec(entry);
    const [id, base64] = [parts?.[1], parts?.[2]];
    if (id === undefined || base64 === undefined) {
      return wrong("must be NAME:KEY entries with commas between them, each KEY the base64 text of exactly 32 bytes.");
    }
    const bytes = Buffer.from(base64, "base64");
    if (base64 === exampleKey) return wrong("contains the example key of the documentation: generate your own.");
    if (bytes.every((byte) => byte === bytes[0]))
      return wrong("contains a key of one repeated byte: generate your own.");
    if (keys.some((key) => key.id === id)) return wrong("uses one key name twice.");
    if (keys.some((key) => key.bytes.equals(bytes))) return wrong("contains one key twice under different names.");
    keys.push({ id, bytes });
  }
  return keys.length > 0 ? right(keys) : wrong("must contain at least one key.");
}

/** `AUTH_SECRET` → secrets, newest first; the first one signs, all of them are accepted. */
export function readAuthSecrets(text: string): Reading<readonly string[]> {
  const secrets = split(text);
  if (secrets.length === 0) return wrong("must contain at least one secret.");
  for (const secret of secrets) {
    if (Buffer.byteLength(secret) < 32)
      return wrong("must be at least 32 bytes long (each one, where there are several).");
    if (secret === exampleKey) return wrong("is the example of the documentation: generate your own.");
    if (new Set(secret).size < 8) return wrong("repeats too few different characters: generate a random one.");
  }
  return new Set(secrets).size === secrets.length ? right(secrets) : wrong("contains one secret twice.");
}

/** `TRUSTED_PROXIES` → addresses and CIDR ranges in their one form. Refused when together they mean everybody: then everybody names whom they are. */
export function readProxies(text: string): Reading<readonly string[]> {
  const ranges = split(text).map(readRange);
  if (ranges.includes(null))
    return wrong("must be IP addresses or ranges such as 10.0.0.0/8, with commas between them.");
  const known = ranges.filter((range) => range !== null);
  if (meansEverybody(known)) {
    return wrong(
      "trusts everybody: whoever is in it can call themselves any address. Name your proxies, or the private networks in which they stand.",
    );
  }
  return right(known.map(({ written }) => written));
}

/** `BRAND_SUPPORT` → a link: an e-mail address becomes `mailto:`. */
export function readSupport(text: string): Reading<string> {
  const address = readEmailAddress(text);
  if (address !== null) return right(`mailto:${address}`);
  const scheme = readUrl(text)?.protocol;
  if (scheme === "https:" || scheme === "http:") return right(text);
  return wrong("must be an email address or an address that begins with https://.");
}

/** `DATABASE_URL`: a PostgreSQL connection string with an account, a host and a database, of which the driver leaves nothing out. */
export function readDatabaseUrl(text: string): Reading<string> {
  const mistake = databaseUrlMistake(text);
  return mistake === null ? right(text) : wrong(mistake);
}

/** `NEXT_SERVER_ACTIONS_ENCRYPTION_KEY`: what AES accepts, in base64. */
export function readActionsKey(text: string): Reading<string> {
  const bytes = /^[A-Za-z0-9+/]+={0,2}$/.test(text) ? Buffer.from(text, "base64").length : 0;
  if (text === exampleKey) return wrong("is the example of the documentation: generate your own.");
  return bytes === 32 ? right(text) : wrong("must be the base64 text of exactly 32 bytes.");
}

function split(text: string): string[] {
  return text
    .split(",")
    .map((part) => part.trim())
    .filter((part) => part !== "");
}
