/** Reads one text. What it throws or refuses is no matter here, only how long it takes. */
export type Reader = { readonly name: string; readonly read: (text: string) => unknown };

/** Milliseconds of work at n, 2n and 4n characters, each the best of several. */
export type Growth = { readonly once: number; readonly twice: number; readonly fourfold: number };

const rounds = 5;

/** Below this nobody waits, and the clock says more of the machine than of the reader. */
const unnoticed = 5;

/** Measures a reader on one kind of text. The best of some rounds: what else this process does can only make a round dearer. */
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
 * otherwise what was measured. Three looks, and of each length the best of them: whatever else happens on a machine, memory that is tidied up and
 * moments in which all of it is slow, can only make one of them dearer, the short text too. What is surely a line is looked at once.
 */
export async function steepnessOf(
  reader: Reader,
  make: (length: number) => string,
  length: number,
): Promise<Growth | null> {
  if ((await workOf(reader.read, make(4 * length))) <= unnoticed) return null;
  let least = await growthOf(reader, make, length);
  for (let looks = 1; looks < 3 && least.fourfold > unnoticed && least.fourfold > surelyALine * least.once; looks += 1)
    least = leastOf(least, await growthOf(reader, make, length));
  return least.fourfold <= unnoticed || least.fourfold <= 9 * least.once ? null : least;
}

const surelyALine = 6;

const leastOf = (one: Growth, other: Growth): Growth => ({
  once: Math.min(one.once, other.once),
  twice: Math.min(one.twice, other.twice),
  fourfold: Math.min(one.fourfold, other.fourfold),
});

async function best(read: Reader["read"], text: string): Promise<number> {
  let [least, all] = [Number.POSITIVE_INFINITY, 0];
  for (let round = 0; round < rounds; round += 1) {
    const work = await workOf(read, text);
    least = Math.min(least, work);
    all += work;
    if (least < 1 || all > 1000) break; // answered, either way, and there are a thousand more
  }
  return least;
}

/** What one reading costs this process, in milliseconds of a processor: a clock on the wall also counts how long others had it. */
export async function workOf(read: Reader["read"], text: string): Promise<number> {
  const before = process.cpuUsage();
  await settled(read, text);
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

async function settled(read: Reader["read"], text: string): Promise<void> {
  try {
    await read(text);
  } catch {
    // a refusal: it was read all the same
  }
}
