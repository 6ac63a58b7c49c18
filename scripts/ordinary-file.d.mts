/** See `ordinary-file.mjs`: plain JavaScript, because the first start reads files before any package is there. */
export function readOrdinaryFile(
  path: string,
):
  | { readonly bytes: Buffer; readonly mistake?: undefined; readonly fault?: undefined }
  | { readonly bytes?: undefined; readonly mistake: string; readonly fault?: undefined }
  | { readonly bytes?: undefined; readonly mistake?: undefined; readonly fault: unknown };
export function oddFile(path: string, about?: { readonly isSmall?: boolean }): string | null;
