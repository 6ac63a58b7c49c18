/** Reads one text. What it throws or refuses is no matter here, only how long it takes. */
export type Reader = { readonly name: string; readonly read: (text: string) => unknown };

/** Milliseconds at n, 2n and 4n characters, each the best of several. */
export type Growth = { readonly once: number; readonly twice: number; readonly fourfold: number };

const rounds = 5;

/** Below this nobody waits, and the clock says more of the machine than of the reader. */
const unnoticed = 5;

/** Measures a reader on one kind of text. The best of some rounds: what else the machine does can only make a round slower. */
export async function growthOf({ read }: Reader, make: (length: number) => string, length: number): Promise<Growth> {
  for (let call = 0; call < 5; call += 1) await settled(read, make(200)); // the first calls of anything are slow
  const [once, twice, fourfold] = [
    await best(read, make(length)),
    await best(read, make(2 * length)),
    await best(read, make(4 * length)),
  ];
  return { once, twice, fourfold };
}

/**
 * Null when four times the text costs at most nine times the time (a line costs four, a square sixteen), or when all is over in five milliseconds;
 * otherwise what was measured. Only what is steep three times is steep: this machine has other things to do.
 */
export async function steepnessOf(
  reader: Reader,
  make: (length: number) => string,
  length: number,
): Promise<Growth | null> {
  for (let looks = 1; ; looks += 1) {
    const growth = await growthOf(reader, make, length);
    if (growth.fourfold <= unnoticed || growth.fourfold <= 9 * growth.once) return null;
    if (looks === 3) return growth;
  }
}

async function best(read: Reader["read"], text: string): Promise<number> {
  let least = Number.POSITIVE_INFINITY;
  const start = performance.now();
  for (let round = 0; round < rounds; round += 1) {
    const begun = performance.now();
    await settled(read, text);
    const ended = performance.now();
    least = Math.min(least, ended - begun);
    if (least < 1 || ended - start > 1000) break; // answered, either way, and there are a thousand more
  }
  return least;
}

async function settled(read: Reader["read"], text: string): Promise<void> {
  try {
    await read(text);
  } catch {
    // a refusal: it was read all the same
  }
}
