/** The lines of a scrape that carry a value. */
export const linesIn = (text: string): string[] =>
  text.split("\n").filter((line) => line !== "" && !line.startsWith("#"));

/** The value of the line that begins with exactly this name and these labels; null where there is none. */
export function valueAt(text: string, series: string): number | null {
  const line = linesIn(text).find((one) => one.startsWith(`${series} `));
  return line === undefined ? null : Number(line.slice(series.length + 1));
}
