const areas = ["202", "212", "213", "305", "312", "404", "415", "503", "617", "702"] as const;
const blocksOfArea = 799;

/** How many different blocks `numberIn` knows. */
export const blockCount = areas.length * blocksOfArea;

/**
 * A mobile number that is read as one (E.164, United States), in the given block of ten thousand (0 to `blockCount` - 1) and at a place of
 * its own there (0 to 9999). Equal places give equal numbers: what is sent to a number is counted for a day.
 */
export function numberIn(block: number, place = 0): string {
  const area = areas[block % areas.length] ?? areas[0];
  const exchange = 201 + (Math.floor(block / areas.length) % blocksOfArea);
  return `+1${area}${exchange}${String(place % 10_000).padStart(4, "0")}`;
}
