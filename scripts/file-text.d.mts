/** See `file-text.mjs`: plain JavaScript, because the first start reads files before any package is there. */
export function fileText(
  bytes: Uint8Array,
): { readonly text: string; readonly mistake?: undefined } | { readonly text?: undefined; readonly mistake: string };
