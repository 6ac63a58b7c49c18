import { createCipheriv, createDecipheriv, createHmac, hkdfSync } from "node:crypto";
import { sameText } from "@/lib/crypto/digest";
import { type Keyring, keyring } from "@/lib/crypto/keyring";
import type { ByteReader } from "@/lib/kernel/byte-reader";
import type { Random } from "@/lib/kernel/random";

/** One sealed file: its first line, which anybody may read, and the key that only this file has. */
export type FileKey = { readonly head: string; readonly key: Buffer };

const format = 1;
const longestHead = 200;
const frameBytes = 65_536;
const tagBytes = 16;

/** The head and key of a new file, under the ring's primary key. The salt makes each file's key another one, so that frames may be counted for nonces. */
export function newFileKey({ token }: Random, ring: Keyring = keyring()): FileKey {
  const salt = token();
  const head = `sallyport-backup ${format} ${ring.primary} ${salt} ${checkOf(ring, ring.primary, salt)}\n`;
  return { head, key: keyOf(ring, ring.primary, salt) };
}

/** What the first line of a file tells whoever holds a ring. `foreign`: it is no such file. */
export type HeadReading =
  | { readonly kind: "fits"; readonly file: FileKey; readonly keyId: string }
  | { readonly kind: "foreign" }
  | { readonly kind: "newer"; readonly format: number }
  | { readonly kind: "key missing"; readonly keyId: string }
  | { readonly kind: "other key"; readonly keyId: string };

const form = /^sallyport-backup (\d{1,4}) ([a-z0-9][a-z0-9_-]{0,15}) ([A-Za-z0-9_-]{43}) ([A-Za-z0-9_-]{43})$/;

/** Takes the first line of a file and says whether `ring` opens it: a key of the same name is not yet the same key. */
export async function readHead(reader: ByteReader, ring: Keyring = keyring()): Promise<HeadReading> {
  const line = (await reader.line(longestHead)) ?? "";
  const [, anyFormat] = /^sallyport-backup (\d{1,4}) /.exec(line) ?? [];
  if (anyFormat !== undefined && Number(anyFormat) > format) return { kind: "newer", format: Number(anyFormat) };
  const [, , keyId, salt, check] = form.exec(line) ?? [];
  if (keyId === undefined || salt === undefined || check === undefined || Number(anyFormat) !== format)
    return { kind: "foreign" };
  if (!ring.ids.includes(keyId)) return { kind: "key missing", keyId };
  if (!sameText(check, checkOf(ring, keyId, salt))) return { kind: "other key", keyId };
  return { kind: "fits", keyId, file: { head: `${line}\n`, key: keyOf(ring, keyId, salt) } };
}

/** A keyed HMAC of the salt: says whether two keys are one, and nothing about either. */
function checkOf(ring: Keyring, id: string, salt: string): string {
  return createHmac("sha256", derived(ring, id, "mac:backup"))
    .update(salt, "utf8")
    .digest("base64url");
}

const keyOf = (ring: Keyring, id: string, salt: string): Buffer =>
  Buffer.from(hkdfSync("sha256", derived(ring, id, "enc:backup"), salt, "one file", 32));

function derived(ring: Keyring, id: string, use: "enc:backup" | "mac:backup"): Buffer {
  const key = ring.derive(id, use);
  if (!key) throw new Error(`The keyring has no key "${id}".`);
  return key;
}

/**
 * Seals bytes of any length (AEAD in frames: AES-256-GCM, NIST SP 800-38D; the STREAM construction of Hoang, Reyhanitabar, Rogaway and Vizár, 2015):
 * the head, then frames of 64 kB, each with its length, its text and its tag. A frame's place is its nonce and the last one says that it is, so that
 * none can be changed, moved, left out or cut off unnoticed. One frame is held at a time.
 */
export async function* sealFrames(plain: AsyncIterable<Uint8Array>, file: FileKey): AsyncGenerator<Buffer> {
  yield Buffer.from(file.head, "latin1");
  let [held, count]: [Buffer, bigint] = [Buffer.alloc(0), 0n];
  for await (const piece of plain) {
    held = Buffer.concat([held, piece]);
    for (; held.length > frameBytes; held = held.subarray(frameBytes), count += 1n)
      yield sealFrame(held.subarray(0, frameBytes), { file, count, isLast: false });
  }
  yield sealFrame(held, { file, count, isLast: true });
}

type Frame = { readonly file: FileKey; readonly count: bigint; readonly isLast: boolean };

function sealFrame(text: Buffer, frame: Frame): Buffer {
  const size = sizeOf(text.length, frame.isLast);
  const cipher = createCipheriv("aes-256-gcm", frame.file.key, nonceOf(frame)).setAAD(associated(frame, size));
  return Buffer.concat([size, cipher.update(text), cipher.final(), cipher.getAuthTag()]);
}

/** Why a file does not open any further: it ends too early, or something in it is not what was written. */
export type FileFault = "cut" | "damaged";

/** The bytes again, frame by frame, none of which leaves before its tag was right. Throws what `refuse` makes of a fault; behind the last frame nothing may follow. */
export async function* openFrames(
  reader: ByteReader,
  file: FileKey,
  refuse: (fault: FileFault) => Error,
): AsyncGenerator<Buffer> {
  for (let count = 0n; ; count += 1n) {
    const size = await reader.take(4);
    if (size.length < 4) throw refuse("cut");
    const [length, isLast] = [size.readUInt32BE() & 0x7fff_ffff, (size[0] ?? 0) >= 0x80];
    if (length > frameBytes) throw refuse("damaged");
    const body = await reader.take(length + tagBytes);
    if (body.length < length + tagBytes) throw refuse("cut");
    const text = openFrame(body, size, { file, count, isLast });
    if (text === null) throw refuse("damaged");
    yield text;
    if (!isLast) continue;
    if ((await reader.take(1)).length > 0) throw refuse("damaged");
    return;
  }
}

function openFrame(body: Buffer, size: Buffer, frame: Frame): Buffer | null {
  const end = body.length - tagBytes;
  const decipher = createDecipheriv("aes-256-gcm", frame.file.key, nonceOf(frame), { authTagLength: tagBytes });
  decipher.setAAD(associated(frame, size)).setAuthTag(body.subarray(end));
  try {
    return Buffer.concat([decipher.update(body.subarray(0, end)), decipher.final()]);
  } catch {
    return null; // one answer for every damage
  }
}

function sizeOf(length: number, isLast: boolean): Buffer {
  const size = Buffer.alloc(4);
  size.writeUInt32BE(length);
  if (isLast) size[0] = (size[0] ?? 0) | 0x80;
  return size;
}

function nonceOf({ count }: Frame): Buffer {
  const nonce = Buffer.alloc(12);
  nonce.writeBigUInt64BE(count, 4);
  return nonce;
}

const associated = ({ file }: Frame, size: Buffer) => Buffer.concat([Buffer.from(file.head, "latin1"), size]);
