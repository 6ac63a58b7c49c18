import type { Sum } from "@/lib/backup/manifest";
import { runningDigest } from "@/lib/crypto/running-digest";

/** Hears the rows of a table as they pass, unchanged; `sum`: once, when the last has. `onBytes`: how many have passed since it was called last. */
export function countedRows(onBytes: (count: number) => void) {
  const digest = runningDigest();
  let rows = 0;
  return {
    async *pass(pieces: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
      for await (const piece of pieces) {
        digest.add(piece);
        rows += linesIn(piece);
        onBytes(piece.length);
        yield piece;
      }
    },
    sum: (): Sum => ({ rows, sha256: digest.text() }),
  };
}

/** COPY ends each row, and nothing else, with this byte. */
function linesIn(piece: Buffer): number {
  let count = 0;
  for (let at = piece.indexOf(10); at !== -1; at = piece.indexOf(10, at + 1)) count += 1;
  return count;
}

/** The same bytes in pieces of exactly `size`, but for the last one; nothing where there are none. */
export async function* inPieces(bytes: AsyncIterable<Buffer>, size: number): AsyncGenerator<Buffer> {
  let held: Buffer[] = [];
  let length = 0;
  for await (const piece of bytes) {
    held.push(piece);
    length += piece.length;
    while (length >= size) {
      const all = Buffer.concat(held);
      yield all.subarray(0, size);
      held = [all.subarray(size)];
      length -= size;
    }
  }
  if (length > 0) yield Buffer.concat(held);
}
