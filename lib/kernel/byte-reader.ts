/** Reads a stream of bytes by count, whatever the pieces are that it comes in. */
export type ByteReader = {
  /** The next `count` bytes; fewer where the stream ends, none behind its end. */
  readonly take: (count: number) => Promise<Buffer>;
  /** The next line without its end, of at most `longest` bytes; null, and nothing is taken, where there is none. */
  readonly line: (longest: number) => Promise<string | null>;
};

/** `source` is read no faster than it is asked for. Holds as much as was asked for at once, and one piece. Throws what `source` throws. */
export function byteReader(source: AsyncIterable<Uint8Array>): ByteReader {
  const pieces = source[Symbol.asyncIterator]();
  let held: Buffer = Buffer.alloc(0);
  const fill = async (count: number) => {
    const all: Uint8Array[] = [held];
    for (let length = held.length; length < count; ) {
      const next = await pieces.next();
      if (next.done === true) break;
      all.push(next.value);
      length += next.value.length;
    }
    if (all.length > 1) held = Buffer.concat(all);
  };
  const take = async (count: number) => {
    await fill(count);
    const taken = held.subarray(0, count);
    held = held.subarray(taken.length);
    return taken;
  };
  const line = async (longest: number) => {
    await fill(longest);
    const end = held.subarray(0, longest).indexOf("\n");
    return end === -1 ? null : (await take(end + 1)).toString("latin1").slice(0, -1);
  };
  return { take, line };
}
