/** Letters of any script and their marks: what is left of a name when digits, spaces and signs between them are ignored. */
const notLetters = /[^\p{L}\p{M}]+/u;

/** Shorter pieces say nothing; two characters are a name in some scripts. */
const shortest = 2;

/**
 * True when a password is nothing but names that anybody can look up, one after another, whatever stands between them and however they are
 * written: NIST SP 800-63B-4, 3.1.1.2 wants the name of the service, the user's name and what derives from them on the blocklist.
 * One letter that belongs to no name makes it false: a long passphrase may contain them.
 */
export function isOnlyNames(password: string, names: readonly string[]): boolean {
  const letters = lettersOf(password);
  const words = wordsOf(names);
  const reached = new Set([0]); // a set grows while it is walked through
  for (const at of reached) for (const word of words) if (letters.startsWith(word, at)) reached.add(at + word.length);
  return letters !== "" && reached.has(letters.length);
}

const folded = (text: string) => text.normalize("NFKC").toLowerCase();
const lettersOf = (text: string) => folded(text).split(notLetters).join("");

/** Each name without what stands between its parts, and each part: of `j.doe` both `jdoe` and `doe`. */
function wordsOf(names: readonly string[]): readonly string[] {
  const words = names.flatMap((name) => [lettersOf(name), ...folded(name).split(notLetters)]);
  return [...new Set(words)].filter((word) => word.length >= shortest);
}
