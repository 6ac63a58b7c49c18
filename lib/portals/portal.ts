import { hostname } from "node:os";
import { config } from "@/lib/config/config";
import { sha256 } from "@/lib/crypto/digest";
import { areIndexKeysHeld, blindIndex } from "@/lib/crypto/index-keys";
import { keyring } from "@/lib/crypto/keyring";
import { portalVersion } from "@/lib/kernel/version";

/** What a portal seals and signs with, by names alone; what stands in front comes first. */
export type KeyNames = {
  /** The names in PORTAL_KEYS. */
  readonly keyIds: readonly string[];
  /** HMACs of the secrets in AUTH_SECRET; none while the index keys are shut. */
  readonly secretIds: readonly string[];
};

/** A portal as it tells the others about itself. `id`: of this run of it; `name`: machine and port, for sentences to the operator. */
export type Portal = KeyNames & {
  readonly id: string;
  readonly name: string;
  readonly version: string;
  /** Of what `APPS_FILE` says, however it is laid out. */
  readonly appsHash: string;
};

/** This process as a portal, but for its id. */
export function describePortal(): Omit<Portal, "id"> {
  const { port, apps } = config();
  return {
    name: `${hostname()}:${port}`,
    version: portalVersion,
    appsHash: sha256(JSON.stringify(apps)),
    ...ourKeyNames(),
  };
}

/** 96 bits: two secrets never share one, and without the index key nobody can try a guess at a secret. */
const secretIdLength = 16;

/** What this process would seal and sign with, a command too. */
export function ourKeyNames(): KeyNames {
  const secrets = areIndexKeysHeld() ? config().authSecrets.reveal() : [];
  return {
    keyIds: keyring().ids,
    secretIds: secrets.map((secret) => blindIndex("mac:secret", [secret]).slice(0, secretIdLength)),
  };
}
