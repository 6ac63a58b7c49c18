/** See `named-files.mjs`. */
export function filesNamedIn(html: string): readonly string[];
