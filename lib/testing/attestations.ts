import { generateKeyPairSync, type KeyObject, sign } from "node:crypto";

/** What an attestation is about. `sign`: by the passkey itself. */
type Attested = {
  readonly id: Buffer;
  readonly algorithm: number;
  readonly publicKey: KeyObject;
  readonly authData: Buffer;
  readonly clientHash: Buffer;
  readonly sign: (data: Buffer) => Buffer;
};

/**
 * The statement of an attestation of this format (WebAuthn level 3, 8): what the key itself has signed (`packed`), what the key of a certificate has, of a maker that nobody knows (`fido-u2f`), and
 * nothing for any other word.
 */
export function statementOf(format: string, { id, algorithm, publicKey, authData, clientHash, ...key }: Attested) {
  if (format === "packed")
    return new Map<string, unknown>([
      ["alg", algorithm],
      ["sig", key.sign(Buffer.concat([authData, clientHash]))],
    ]);
  if (format !== "fido-u2f") return new Map<string, unknown>();
  const maker = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const { x = "", y = "" } = publicKey.export({ format: "jwk" });
  const point = [Buffer.from([4]), Buffer.from(x, "base64url"), Buffer.from(y, "base64url")];
  const signedFor = Buffer.concat([Buffer.from([0]), authData.subarray(0, 32), clientHash, id, ...point]);
  return new Map<string, unknown>([
    ["sig", sign("sha256", signedFor, maker.privateKey)],
    ["x5c", [certificateOf(maker)]],
  ]);
}

const der = (tag: number, ...parts: readonly Buffer[]): Buffer => {
  const body = Buffer.concat(parts);
  const { length } = body;
  const size = length < 128 ? [length] : length < 256 ? [0x81, length] : [0x82, length >> 8, length & 255];
  return Buffer.concat([Buffer.from([tag, ...size]), body]);
};

/** The least that is a certificate (RFC 5280), signed by its own key, in DER. */
function certificateOf({ publicKey, privateKey }: { readonly publicKey: KeyObject; readonly privateKey: KeyObject }) {
  const ecdsaWithSha256 = der(0x30, Buffer.from("06082a8648ce3d040302", "hex"));
  const [version, serial, nobody] = [der(0xa0, der(2, Buffer.from([2]))), der(2, Buffer.from([1])), der(0x30)];
  const validity = der(0x30, ...["20260101000000Z", "21260101000000Z"].map((time) => der(0x18, Buffer.from(time))));
  const key = publicKey.export({ type: "spki", format: "der" });
  const content = der(0x30, version, serial, ecdsaWithSha256, nobody, validity, nobody, key);
  return der(0x30, content, ecdsaWithSha256, der(3, Buffer.from([0]), sign("sha256", content, privateKey)));
}
