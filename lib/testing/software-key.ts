import { createHash, generateKeyPairSync, type KeyObject, randomBytes, sign } from "node:crypto";
import { statementOf } from "@/lib/testing/attestations";

/** What a software authenticator does otherwise than a good one would. */
export type Manners = {
  readonly origin?: string;
  readonly rpId?: string;
  readonly type?: string;
  readonly challenge?: string;
  readonly crossOrigin?: boolean;
  readonly topOrigin?: string;
  readonly userHandle?: string | null;
  readonly present?: boolean;
  readonly verified?: boolean;
  readonly backupEligible?: boolean;
  readonly backedUp?: boolean;
  readonly counter?: number;
  /** Turns one bit of the signature around. */
  readonly isForged?: boolean;
  readonly id?: string;
  /** The format of its attestation: `none` unless said otherwise. */
  readonly attestation?: string;
  /** What it says of its key's algorithm. */
  readonly algorithm?: number;
};

/** What a key is like from the beginning. */
export type Make = {
  readonly algorithm?: -7 | -8 | -257;
  readonly verifies?: boolean;
  readonly isSynced?: boolean;
  readonly counts?: boolean;
  readonly id?: string;
  readonly transports?: readonly string[];
};

type AskedFor = {
  readonly challenge: string;
  readonly rpId?: string;
  readonly rp?: { readonly id: string };
  readonly user?: { readonly id: string };
};

const sha = (bytes: Buffer | string) => createHash("sha256").update(bytes).digest();
const text = (bytes: Buffer) => bytes.toString("base64url");

/** CBOR (RFC 8949) of what a passkey needs: small integers, bytes, words, lists and maps. */
export function cbor(value: unknown): Buffer {
  if (typeof value === "number") return value < 0 ? head(1, -1 - value) : head(0, value);
  if (typeof value === "string") return Buffer.concat([head(3, Buffer.byteLength(value)), Buffer.from(value)]);
  if (Buffer.isBuffer(value)) return Buffer.concat([head(2, value.length), value]);
  if (Array.isArray(value)) return Buffer.concat([head(4, value.length), ...value.map(cbor)]);
  if (value instanceof Map)
    return Buffer.concat([head(5, value.size), ...[...value].flatMap(([key, one]) => [cbor(key), cbor(one)])]);
  throw new Error("This is not written in CBOR here.");
}

function head(major: number, count: number): Buffer {
  if (count < 24) return Buffer.from([(major << 5) | count]);
  if (count < 256) return Buffer.from([(major << 5) | 24, count]);
  return Buffer.from([(major << 5) | 25, count >> 8, count & 255]);
}

/** One authenticator: what it was made as, and what it remembers. */
type Self = {
  readonly id: string;
  readonly algorithm: number;
  readonly publicKey: KeyObject;
  readonly privateKey: KeyObject;
  readonly flags: (m: Manners) => number;
  readonly transports: readonly string[];
  /** The next number that it counts. */
  readonly count: () => number;
  readonly remembered: { userHandle: string | null };
};

/**
 * An authenticator in software for tests: makes a key pair, answers as a browser would hand the answer on, and misbehaves where a test says so. The real library
 * judges it.
 */
export function softwareKey(make: Make = {}) {
  const { algorithm = -7, verifies = true, isSynced = false, counts = true, transports = ["internal"] } = make;
  const counted = { times: 0 };
  const self: Self = {
    id: make.id ?? text(randomBytes(32)),
    algorithm,
    ...pairFor(algorithm),
    transports,
    flags: (m) =>
      ((m.present ?? true) ? 1 : 0) |
      ((m.verified ?? verifies) ? 4 : 0) |
      ((m.backupEligible ?? isSynced) ? 8 : 0) |
      ((m.backedUp ?? isSynced) ? 16 : 0),
    count: () => {
      counted.times += counts ? 1 : 0;
      return counted.times;
    },
    remembered: { userHandle: null },
  };
  return {
    id: self.id,
    publicKey: text(coseOf(self.publicKey, algorithm)),
    /** What another authenticator would need to be this one (PKCS #8, base64). */
    pkcs8: () => self.privateKey.export({ type: "pkcs8", format: "der" }).toString("base64"),
    /** The answer to options of a registration. */
    create: (options: string, origin: string, m: Manners = {}) => created(self, options, origin, m),
    /** The answer to options of an assertion. */
    get: (options: string, origin: string, m: Manners = {}) => asserted(self, options, origin, m),
    /** It belongs to this person, as if it had been made for them. */
    ownedBy: (handle: string) => {
      self.remembered.userHandle = handle;
    },
  };
}

function created(self: Self, options: string, origin: string, m: Manners): string {
  const { challenge, rp, user }: AskedFor = JSON.parse(options);
  self.remembered.userHandle = user?.id ?? null;
  const rawId = Buffer.from(self.id, "base64url");
  const length = Buffer.from([rawId.length >> 8, rawId.length & 255]);
  const key = coseOf(self.publicKey, m.algorithm ?? self.algorithm);
  const attested = Buffer.concat([Buffer.alloc(16), length, rawId, key]);
  const authData = Buffer.concat([authenticatorData(self, rp?.id ?? "", m, 0x40), attested]);
  const client = clientData("webauthn.create", challenge, origin, m);
  const { algorithm, publicKey } = self;
  const attestedFor = { id: rawId, algorithm, publicKey, authData, clientHash: sha(client) };
  const format = m.attestation ?? "none";
  const attestation = new Map<string, unknown>([
    ["fmt", format],
    ["attStmt", statementOf(format, { ...attestedFor, sign: (data) => signed(self, data) })],
    ["authData", authData],
  ]);
  return JSON.stringify({
    id: m.id ?? self.id,
    rawId: m.id ?? self.id,
    type: "public-key",
    response: {
      clientDataJSON: text(client),
      attestationObject: text(cbor(attestation)),
      transports: self.transports,
    },
    clientExtensionResults: { credProps: { rk: true } },
  });
}

function asserted(self: Self, options: string, origin: string, m: Manners): string {
  const { challenge, rpId }: AskedFor = JSON.parse(options);
  const data = authenticatorData(self, rpId ?? "", m, 0);
  const client = clientData("webauthn.get", challenge, origin, m);
  const signature = signed(self, Buffer.concat([data, sha(client)]));
  if (m.isForged) signature.writeUInt8(signature.readUInt8(signature.length - 1) ^ 1, signature.length - 1);
  const userHandle = m.userHandle === undefined ? self.remembered.userHandle : m.userHandle;
  return JSON.stringify({
    id: m.id ?? self.id,
    rawId: m.id ?? self.id,
    type: "public-key",
    response: {
      clientDataJSON: text(client),
      authenticatorData: text(data),
      signature: text(signature),
      ...(userHandle === null ? {} : { userHandle }),
    },
    clientExtensionResults: {},
  });
}

function authenticatorData(self: Self, rpId: string, m: Manners, attested: number): Buffer {
  const count = Buffer.alloc(4);
  const next = self.count();
  count.writeUInt32BE(m.counter ?? next);
  return Buffer.concat([sha(m.rpId ?? rpId), Buffer.from([self.flags(m) | attested]), count]);
}

const clientData = (type: string, challenge: string, origin: string, m: Manners) =>
  Buffer.from(
    JSON.stringify({
      type: m.type ?? type,
      challenge: m.challenge ?? challenge,
      origin: m.origin ?? origin,
      crossOrigin: m.crossOrigin ?? false,
      ...(m.topOrigin === undefined ? {} : { topOrigin: m.topOrigin }),
    }),
  );

export type SoftwareKey = ReturnType<typeof softwareKey>;

function pairFor(algorithm: number): { readonly publicKey: KeyObject; readonly privateKey: KeyObject } {
  if (algorithm === -8) return generateKeyPairSync("ed25519");
  if (algorithm === -257) return generateKeyPairSync("rsa", { modulusLength: 2048 });
  return generateKeyPairSync("ec", { namedCurve: "P-256" });
}

const signed = ({ privateKey, algorithm }: Self, data: Buffer): Buffer =>
  algorithm === -8 ? sign(null, data, privateKey) : sign("sha256", data, privateKey);

/** COSE (RFC 9053): the key type, the algorithm, and the key's own numbers. */
function coseOf(key: KeyObject, algorithm: number): Buffer {
  const { x = "", y = "", n = "", e = "" } = key.export({ format: "jwk" });
  const bytes = (word: string) => Buffer.from(word, "base64url");
  const { asymmetricKeyType } = key;
  if (asymmetricKeyType === "ed25519")
    return cbor(
      new Map<number, unknown>([
        [1, 1],
        [3, algorithm],
        [-1, 6],
        [-2, bytes(x)],
      ]),
    );
  if (asymmetricKeyType === "rsa")
    return cbor(
      new Map<number, unknown>([
        [1, 3],
        [3, algorithm],
        [-1, bytes(n)],
        [-2, bytes(e)],
      ]),
    );
  return cbor(
    new Map<number, unknown>([
      [1, 2],
      [3, algorithm],
      [-1, 1],
      [-2, bytes(x)],
      [-3, bytes(y)],
    ]),
  );
}
