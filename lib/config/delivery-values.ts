import { phoneCountries } from "@/lib/config/countries";
import { exampleKey, isLoopbackHost, type Reading } from "@/lib/config/values";
import { readEmailAddress } from "@/lib/kernel/email-address";
import { readUrl } from "@/lib/kernel/url";

/** Readers for the keys of the channels; the same bargain as `values.ts`: a value, or a sentence that never repeats it. */

const right = <T>(value: T): Reading<T> => ({ ok: true, value });
const wrong = (mistake: string): Reading<never> => ({ ok: false, mistake });

/** Nothing that could end a header, begin a second address or need quoting (RFC 5322, 3.2.3). */
const plainName = /^[^\p{C}\p{Zl}\p{Zp}<>()[\]",;:@\\]{1,100}$/u;
/** What may stand between quotation marks: nothing that could end a header. */
const printableName = /^[^\p{C}\p{Zl}\p{Zp}]{1,100}$/u;

/** Who a mail is from, in its two parts. */
export type Sender = { readonly name: string | null; readonly address: string };

/**
 * `ADDRESS`, `NAME <ADDRESS>` or `"NAME" <ADDRESS>` (RFC 5322, 3.4: a quoted name may hold anything printable) in its parts; null when it is
 * none of them. A library would guess: it makes a name of a second address (docs/decisions/0024-settings-files.md).
 */
export function senderOf(text: string): Sender | null {
  const whole = text.trim();
  const opens = whole.endsWith(">") ? whole.lastIndexOf("<") : -1;
  const before = opens < 0 ? undefined : whole.slice(0, opens).trim();
  const address = senderAddress(opens < 0 ? whole : whole.slice(opens + 1, -1));
  if (address === null) return null;
  if (before === undefined || before === "" || before === '""') return { name: null, address };
  const name = nameOf(before);
  return name === null ? null : { name, address };
}

/**
 * Read like every other address, in ASCII. Its capitals stay: the mail server knows the account by them, and the channel was proven with them. A
 * server of one's own may have a name without a dot.
 */
function senderAddress(typed: string): string | null {
  if (/^[^@]+@[a-z0-9-]+$/i.test(typed)) return readEmailAddress(`${typed}.test`) === null ? null : typed;
  const address = readEmailAddress(typed);
  if (address === null || !/^\p{ASCII}+$/u.test(address)) return null;
  return address === typed.toLowerCase() ? typed : address;
}

function nameOf(text: string): string | null {
  const quoted = /^"((?:[^"\\]|\\.)*)"$/su.exec(text)?.[1]?.replace(/\\(.)/gsu, "$1").trim();
  if (quoted !== undefined) return printableName.test(quoted) ? quoted : null;
  return plainName.test(text) ? text : null;
}

/** A sender as `senderOf` reads it back; a name that needs them gets its quotation marks. */
export function senderText({ name, address }: Sender): string {
  if (name === null) return address;
  return `${plainName.test(name) ? name : `"${name.replace(/["\\]/g, "\\$&")}"`} <${address}>`;
}

/** `MAIL_FROM`, checked so that it can neither break a header nor hold two senders. */
export function readSender(text: string): Reading<string> {
  const sender = senderOf(text);
  if (sender === null)
    return wrong(
      'must be ADDRESS or NAME <ADDRESS>; a name with signs such as , : @ stands in quotation marks: "NAME" <ADDRESS>.',
    );
  return right(senderText(sender));
}

/** `SMTP_URL`: scheme, host and, where the server asks for them, a port and an account. */
export function readSmtpUrl(text: string): Reading<string> {
  const url = readUrl(text);
  if (url === null || !/^smtps?:$/.test(url.protocol) || url.hostname === "") {
    return wrong("must be smtp://USER:PASSWORD@HOST:587 or smtps://USER:PASSWORD@HOST:465.");
  }
  if (!/^\/?$/.test(url.pathname) || url.search !== "" || url.hash !== "") return wrong("must end after its port.");
  if ((url.username === "") !== (url.password === "")) return wrong("must name a user and a password, or neither.");
  return isDecodable(url.username + url.password) ? right(text) : wrong("must write % in a user or a password as %25.");
}

function isDecodable(text: string): boolean {
  try {
    decodeURIComponent(text);
    return true;
  } catch {
    return false;
  }
}

/** An address of a provider: https, or http on this very machine. */
export function readServiceUrl(text: string): Reading<string> {
  const url = readUrl(text);
  if (url?.protocol !== "https:" && url?.protocol !== "http:")
    return wrong("must be an address that begins with https://.");
  if (url.username !== "" || url.password !== "") return wrong("must not contain a user name or a password.");
  if (url.hash !== "") return wrong("must not contain a #.");
  if (url.protocol === "http:" && !isLoopbackHost(url.hostname)) {
    return wrong("must be https:// unless it is this machine (localhost): codes travel over it.");
  }
  return right(text);
}

/** `SMS_GATEWAY_SECRET`: signs what the gateway is sent. */
export function readGatewaySecret(text: string): Reading<string> {
  if (Buffer.byteLength(text) < 32) return wrong("must be at least 32 bytes long.");
  if (text === exampleKey) return wrong("is the example of the documentation: generate your own.");
  if (new Set(text).size < 8) return wrong("repeats too few different characters: generate a random one.");
  return right(text);
}

/** `SMS_COUNTRIES`, `gb, FR` → `["GB", "FR"]`. */
export function readCountries(text: string): Reading<readonly string[]> {
  const countries = listOf(text).map((word) => word.toUpperCase());
  if (countries.length === 0) return wrong("must name at least one country.");
  if (!countries.every((country) => phoneCountries.has(country))) {
    return wrong("must be ISO country codes of two letters, such as GB,FR, with commas between them.");
  }
  return new Set(countries).size === countries.length ? right(countries) : wrong("names one country twice.");
}

/** A comma-separated list in its words. */
export function listOf(text: string): string[] {
  return text
    .split(",")
    .map((part) => part.trim())
    .filter((part) => part !== "");
}
