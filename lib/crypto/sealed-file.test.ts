import { expect, test } from "vitest";
import { type FileFault, newFileKey, openFrames, readHead, sealFrames } from "@/lib/crypto/sealed-file";
import { byteReader } from "@/lib/kernel/byte-reader";
import { systemRandom } from "@/lib/kernel/random";
import { ringOf } from "@/lib/testing/test-settings";

const ring = ringOf("one");
const frame = 65_536;

async function* inPieces(bytes: Buffer, size: number): AsyncGenerator<Buffer> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

async function all(bytes: AsyncIterable<Buffer>): Promise<Buffer> {
  const pieces: Buffer[] = [];
  for await (const piece of bytes) pieces.push(piece);
  return Buffer.concat(pieces);
}

const seal = (plain: Buffer, size = 10_000) => all(sealFrames(inPieces(plain, size), newFileKey(systemRandom, ring)));

/** The bytes again, or why not. */
async function open(sealed: Buffer): Promise<Buffer | string> {
  const reader = byteReader(inPieces(sealed, 7_001));
  const head = await readHead(reader, ring);
  if (head.kind !== "fits") return head.kind;
  const faults: FileFault[] = [];
  const refuse = (fault: FileFault) => {
    faults.push(fault);
    return new Error(fault);
  };
  return all(openFrames(reader, head.file, refuse)).catch((error: unknown) => faults[0] ?? String(error));
}

/** Byte by byte would take seconds to compare. */
const isSame = (plain: Buffer) => (opened: Buffer | string) => Buffer.isBuffer(opened) && opened.equals(plain);

const text = systemRandom.bytes(3 * frame + 5);

test.each([0, 1, frame - 1, frame, frame + 1, 3 * frame + 5])(
  "%i bytes are the same again, whatever pieces they come in",
  async (length) => {
    const plain = text.subarray(0, length);
    for (const size of [1_000, frame, 200_000]) expect(await open(await seal(plain, size))).toSatisfy(isSame(plain));
  },
);

test("two files of one text have nothing in common but their form", async () => {
  const [one, other] = [await seal(text), await seal(text)];
  expect(one.length).toBe(other.length);
  expect(one.subarray(200, 1_000)).not.toEqual(other.subarray(200, 1_000));
});

/** The head, and each frame with its length and its tag. */
function partsOf(sealed: Buffer): Buffer[] {
  const parts = [sealed.subarray(0, sealed.indexOf("\n") + 1)];
  for (let at = parts[0]?.length ?? 0; at < sealed.length; ) {
    const end = at + 4 + (sealed.readUInt32BE(at) & 0x7fff_ffff) + 16;
    parts.push(sealed.subarray(at, end));
    at = end;
  }
  return parts;
}

test("frames that were left out, exchanged, doubled or taken from another file are found", async () => {
  const [head, ...frames] = partsOf(await seal(text));
  const [one, two, three, last] = frames;
  if (!head || !one || !two || !three || !last) throw new Error("Four frames were expected.");
  const [, strange] = partsOf(await seal(text));
  const together = (...parts: readonly Buffer[]) => open(Buffer.concat([head, ...parts]));
  expect(await together(one, two, three, last)).toSatisfy(isSame(text));
  expect(await together(one, two, three)).toBe("cut"); // at the very end of a frame
  expect(await together(one, three, last)).toBe("damaged");
  expect(await together(two, one, three, last)).toBe("damaged");
  expect(await together(one, one, two, three, last)).toBe("damaged");
  expect(await together(last)).toBe("damaged");
  expect(await together(strange ?? one, two, three, last)).toBe("damaged");
  expect(await together(one, two, three, last, last)).toBe("damaged");
});

test("a frame that says it is longer than any is not waited for", async () => {
  const [head, one] = partsOf(await seal(text));
  if (!head || !one) throw new Error("A head and frames were expected.");
  const longer = Buffer.from(one);
  longer.writeUInt32BE(frame + 1);
  expect(await open(Buffer.concat([head, longer]))).toBe("damaged");
});
