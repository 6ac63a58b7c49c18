/** Bearers that clients send by mistake when they hold none. */
const nothing = ["", "undefined", "null"];

/**
 * The token of an Authorization header, or null. With and without the word "Bearer" (RFC 6750, 2.1; some clients leave it out); what clients
 * write when they hold no token ("Bearer undefined") is none, and so is anything with a second word.
 */
export function bearerOf(header: string | null): string | null {
  const value = (header ?? "")
    .trim()
    .replace(/^bearer(?=\s|$)/i, "")
    .trim();
  return nothing.includes(value) || /[\s,]/.test(value) || value.length > 4096 ? null : value;
}
