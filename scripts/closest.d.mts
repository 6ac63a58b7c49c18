/** See `closest.mjs`: plain JavaScript, because `.env` is judged before any package is there. */
export function closest(typed: string, words: readonly string[]): string;
export function distance(one: string, other: string, most?: number): number;
