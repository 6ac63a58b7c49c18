import { refusal } from "@/lib/backup/refusal";
import type { ByteReader } from "@/lib/kernel/byte-reader";

/** A file in an archive. */
export type TarEntry = { readonly name: string; readonly body: Buffer };

const block = 512;
/** We write none above 1 MiB: whoever reads never holds more than this. */
const largestEntry = 4 * 1024 * 1024;

/** One file as it stands in an archive of the form ustar (POSIX.1-1988, pax): its head, its bytes, filled up to whole blocks. `name`: at most 100 ASCII signs. */
export function packEntry({ name, body }: TarEntry, at: Date): Buffer {
  const head = Buffer.alloc(block);
  head.write(name, 0, 100, "latin1");
  head.write("0000600\0", 100, "latin1");
  head.write("0000000\0", 108, "latin1"); // nobody's: it is unpacked as whoever unpacks it
  head.write("0000000\0", 116, "latin1");
  head.write(octal(body.length), 124, "latin1");
  head.write(octal(Math.floor(at.getTime() / 1000)), 136, "latin1");
  head.write("        ", 148, "latin1");
  head.write("0", 156, "latin1");
  head.write("ustar\x0000", 257, "latin1");
  head.write(`${sumOf(head).toString(8).padStart(6, "0")}\0 `, 148, "latin1");
  return Buffer.concat([head, body, Buffer.alloc(padding(body.length))]);
}

/** What stands behind the last file. */
export const endOfArchive: Buffer = Buffer.alloc(2 * block);

const octal = (value: number): string => `${value.toString(8).padStart(11, "0")}\0`;
const padding = (size: number): number => (block - (size % block)) % block;
const sumOf = (head: Buffer): number => head.reduce((sum, byte) => sum + byte, 0);

/** The files of an archive in their order. Throws a refusal where it is none of ours: its bytes are authenticated, so that is a mistake of whoever wrote it. */
export async function* unpackEntries(reader: ByteReader): AsyncGenerator<TarEntry> {
  for (;;) {
    const head = await reader.take(block);
    if (head.length < block) throw unreadable();
    if (head.every((byte) => byte === 0)) return drain(reader);
    const size = Number.parseInt(textAt(head, 124, 12), 8);
    const written = Number.parseInt(textAt(head, 148, 8), 8);
    head.fill(" ", 148, 156);
    if (written !== sumOf(head) || !(size >= 0 && size <= largestEntry)) throw unreadable();
    const body = await reader.take(size);
    await reader.take(padding(size));
    if (body.length < size) throw unreadable();
    yield { name: textAt(head, 0, 100), body };
  }
}

/** Behind the last file there is nothing to know, but whoever seals says only at the very end that nothing is missing. */
async function drain(reader: ByteReader): Promise<void> {
  let left = block;
  while (left > 0) left = (await reader.take(block)).length;
}

function textAt(head: Buffer, from: number, length: number): string {
  const [text = ""] = head
    .subarray(from, from + length)
    .toString("latin1")
    .split("\0");
  return text.trim();
}

const unreadable = () => refusal("backup.unreadable", "The backup opens, but what is in it cannot be read here.");
