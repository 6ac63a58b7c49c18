import { hkdfSync } from "node:crypto";
import { config } from "@/lib/config/config";

/**
 * What a derived key is for, by its name (which goes into the derivation and never changes): what is sealed or authenticated with it, and what
 * it is bound to. One use never sees another's key, so that one leak does not cross over.
 */
export const keyUses = {
  "enc:factor": { what: "a factor's secret or address, `factors.secret`", boundTo: "account and factor" },
  "enc:password": {
    what: "the argon2id string of a password, `users.password_hash`, `users.closed_password`, `challenges.new_password`",
    boundTo: "the account",
  },
  "enc:recovery": {
    what: "the argon2id string of a recovery code, `recovery_codes.hash`",
    boundTo: "account and code",
  },
  "enc:reveal": { what: "recovery codes in the cookie that shows them once", boundTo: "the account" },
  "enc:check": { what: "one known sentence for each key, `key_checks.sealed`", boundTo: "the key's name" },
  "enc:letter": {
    what: "address and content of a letter, `letters.destination`, `letters.content`",
    boundTo: "letter and column",
  },
  "enc:link": { what: "the address that a link was sent to, `one_time_links.address`", boundTo: "the link" },
  "enc:password-key": {
    what: "the private key for encrypted passwords of apps, `password_keys.secret`",
    boundTo: "the key",
  },
  "enc:pending": {
    what: "what a change that waits will do, `pending_changes.data`",
    boundTo: "account and change",
  },
  "enc:contact": {
    what: "an address that is told, or is to be proven, `notice_addresses.address` and `contact_proofs.address`",
    boundTo: "person and row",
  },
  "enc:echo": {
    what: "a question of `portal doctor` to the portal at APP_URL, and its answer",
    boundTo: "one question",
  },
  "enc:backup": { what: "a backup, by a key of its own for each file", boundTo: "the file's head, frame by frame" },
  "enc:index": { what: "an index key, `index_keys.sealed`", boundTo: "the use of that key" },
  "mac:identifier": { what: "an unknown login name, as the name of its counter; an index key", boundTo: "–" },
  "mac:address": {
    what: "an address that letters go to, so that its letters keep their order; an index key",
    boundTo: "channel",
  },
  "mac:otp": { what: "a code that was sent, `one_time_codes.code_hash`", boundTo: "code, step and purpose" },
  "mac:destination": {
    what: "a bound or claimed number or address, as a handle and as the name of its budgets; an index key",
    boundTo: "kind",
  },
  "mac:secret": {
    what: "a secret in `AUTH_SECRET`, as the name that portals tell each other; an index key",
    boundTo: "–",
  },
  "mac:event": { what: "an event and a seal of events, so that a change is found; an index key", boundTo: "–" },
  "mac:ceremony": { what: "a challenge that the browser answers", boundTo: "step, purpose and kind" },
  "mac:channel": { what: "the settings of a channel, so that changed ones have to be proven again", boundTo: "–" },
  "mac:backup": {
    what: "the head of a backup, to tell another key of the same name apart",
    boundTo: "the file's salt",
  },
  "mac:place": { what: "a line for each key beside the built-in database, `sealed-with`", boundTo: "–" },
} as const;

/** One of the uses of a derived key. */
export type KeyUse = keyof typeof keyUses;

/** A keyring: `primary` writes, every key reads, which is what makes a key rotation possible without a stop. Keys are 32 bytes derived with HKDF-SHA-256 (RFC 5869) per use. */
export type Keyring = {
  readonly primary: string;
  readonly ids: readonly string[];
  readonly derive: (id: string, use: KeyUse) => Buffer | null;
};

/** Builds a keyring from the operator's keys, the first of which is primary. */
export function makeKeyring(keys: readonly { readonly id: string; readonly bytes: Uint8Array }[]): Keyring {
  const roots = new Map(keys.map((key) => [key.id, key.bytes]));
  const derived = new Map<string, Buffer>();
  const primary = keys[0]?.id;
  if (primary === undefined) throw new Error("The keyring is empty: PORTAL_KEYS names no key.");
  return {
    primary,
    ids: keys.map((key) => key.id),
    derive: (id, use) => {
      const root = roots.get(id);
      if (!root) return null;
      const name = `${id}|${use}`;
      const key = derived.get(name) ?? Buffer.from(hkdfSync("sha256", root, "sallyport", use, 32));
      derived.set(name, key);
      return key;
    },
  };
}

let current: { readonly keys: unknown; readonly ring: Keyring } | null = null;

/** The keyring of the configuration. */
export function keyring(): Keyring {
  const { keys } = config();
  if (current?.keys !== keys) current = { keys, ring: makeKeyring(keys.reveal()) };
  return current.ring;
}
