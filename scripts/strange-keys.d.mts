/** See `strange-keys.mjs`. */
export function strangeKeys(
  file: readonly string[],
  environment: readonly string[],
): { readonly mistakes: readonly string[]; readonly notes: readonly string[] };
