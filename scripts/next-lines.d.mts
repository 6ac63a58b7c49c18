/** See `next-lines.mjs`. */
export function linesFor(line: string, address: string): readonly string[];
