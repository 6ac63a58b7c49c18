import { hkdfSync } from "node:crypto";
import { config } from "@/lib/config/config";

/** What a derived key is for. One use never sees another's key, so that one leak does not cross over. */
export type KeyUse =
  | "enc:factor"
  | "enc:password"
  | "enc:recovery"
  | "enc:reveal"
  | "enc:check"
  | "enc:letter"
  | "enc:password-key"
  | "mac:identifier"
  | "mac:address"
  | "mac:otp"
  | "mac:destination"
  | "mac:channel";

/** A keyring: `primary` writes, every key reads. Keys are 32 bytes derived with HKDF-SHA-256 (RFC 5869) per use. */
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
