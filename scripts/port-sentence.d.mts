/** See `port-sentence.mjs`: plain JavaScript, because ports are looked at before any package is there. */
export function portSentence(
  fault: { readonly code?: string; readonly message: string },
  place: { readonly name: string; readonly host: string; readonly port: number },
): string;
