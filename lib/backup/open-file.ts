import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { refusal } from "@/lib/backup/refusal";

/** A file that is read once, from its beginning; `size` in bytes. `close`: also while it is being read. */
export type OpenFile = { readonly bytes: AsyncIterable<Buffer>; readonly size: number; readonly close: () => void };

/** Opens a backup for reading. `onProgress` hears how much of it was read, from 0 to 1. Throws a refusal where there is no such file. */
export async function openFile(path: string, onProgress: (share: number) => void): Promise<OpenFile> {
  const found = await stat(path).catch(() => null);
  if (found === null || !found.isFile()) throw refusal("backup.foreign", `There is no file ${path}.`);
  const stream = createReadStream(path, { highWaterMark: 262_144 });
  const size = Math.max(1, found.size);
  return {
    bytes: watched(stream, (read) => onProgress(Math.min(0.99, read / size))),
    size: found.size,
    close: () => stream.destroy(),
  };
}

async function* watched(bytes: AsyncIterable<Buffer>, hear: (read: number) => void): AsyncGenerator<Buffer> {
  let read = 0;
  for await (const piece of bytes) {
    read += piece.length;
    hear(read);
    yield piece;
  }
}
