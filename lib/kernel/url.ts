/**
 * The address that a text is, or null. In: the text, and what it is relative to, if it may be. `URL.canParse` is not asked: in Node 20, once its call is compiled
 * (after some thousand), it reads what is written in Latin-1 as UTF-8, and "https://bücher.example" is no address any more.
 */
export function readUrl(text: string, base?: string): URL | null {
  try {
    return new URL(text, base);
  } catch {
    return null;
  }
}
