/** One half of a surrogate pair, and the other, each written as if it were a character: ED A0–AF xx, ED B0–BF xx. */
const pairs = /\xed([\xa0-\xaf])([\x80-\xbf])\xed([\xb0-\xbf])([\x80-\xbf])/g;

/**
 * The text of UTF-8 bytes, where characters beyond the first plane (emoji, rare Chinese ones) may also be written as two times three bytes
 * (CESU-8, Unicode TR 26), as the encryption in old clients does. Never throws: what is no text at all becomes U+FFFD.
 */
export function utf8FromCesu(bytes: Uint8Array): string {
  const latin = Buffer.from(bytes).toString("latin1");
  const mended = latin.replace(pairs, (_, ...found: string[]) => {
    const [a = 0, b = 0, c = 0, d = 0] = found.slice(0, 4).map((one) => one.charCodeAt(0) & 0x3f);
    const high = ((a & 0x0f) << 6) | b;
    const low = ((c & 0x0f) << 6) | d;
    return Buffer.from(String.fromCodePoint(0x10000 + (high << 10) + low), "utf8").toString("latin1");
  });
  return Buffer.from(mended, "latin1").toString("utf8");
}
