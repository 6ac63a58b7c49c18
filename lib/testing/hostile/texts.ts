/** Texts that cost a careless reader more than their length: what to call each, and how one of about so many characters is made. */
export type HostileText = { readonly name: string; readonly make: (length: number) => string };

const repeated = (piece: string) => (length: number) => piece.repeat(Math.ceil(length / piece.length));
const between = (before: string, piece: string, after: string) => (length: number) =>
  before + repeated(piece)(Math.max(0, length - before.length - after.length)) + after;

/**
 * Runs of one sign in front of something that does not fit (an expression that may share the run out tries every way), openings without ends,
 * many small parts, and marks that Unicode wants sorted: those cost ICU the square of their number.
 */
export const hostileTexts: readonly HostileText[] = [
  { name: "spaces in a document", make: between("query a", " ", "x{a}") },
  { name: "spaces around a field", make: between("query a{a", " ", "x}") },
  { name: "spaces", make: between("x", " ", "x") },
  { name: "tabs and line ends", make: between("x", "\t\r\n", "x") },
  { name: "letters", make: repeated("a") },
  { name: "digits", make: between("+", "1", "x") },
  { name: "digits apart", make: repeated("1-(") },
  { name: "signs that stand for letters", make: repeated("4@8({[<369!1|l0$5+7%2") },
  { name: "a common password, in signs", make: repeated("p@$$w0rd") },
  { name: "dots", make: between("a@", "a.", "@") },
  { name: "ats", make: repeated("@") },
  { name: "slashes", make: between("/api/v2", "/", "x") },
  { name: "dot segments", make: between("/", "./../", "x") },
  { name: "percent signs", make: between("/", "%2", "x") },
  { name: "question marks", make: between("/", "?", "") },
  { name: "open braces", make: between("query ", "{", "") },
  { name: "braces in braces", make: (length) => `query a ${"{".repeat(length / 2)}${"}".repeat(length / 2)}` },
  { name: "open brackets", make: repeated("[") },
  { name: "brackets in text", make: between('{"a":"', '\\"[', '"}') },
  { name: "quotation marks", make: between('"', '\\"', "") },
  { name: "numbers of many digits", make: between('{"a":', "9", "}") },
  { name: "lists in lists", make: (length) => `${"[".repeat(length / 2)}${"]".repeat(length / 2)}` },
  { name: "one key many times", make: between("{", '"a":1,', '"a":1}') },
  { name: "commas", make: repeated(", ") },
  { name: "addresses", make: repeated("192.0.2.1, ") },
  { name: "colons", make: between("[", ":", "]") },
  { name: "semicolons", make: repeated("; a=") },
  { name: "cookies", make: repeated("a=b; ") },
  { name: "escapes", make: between('"', "\\", "") },
  { name: "parts", make: repeated("--b\r\ncontent-disposition: form-data; name=a\r\n\r\n") },
  { name: "line ends", make: repeated("\r\n") },
  { name: "a browser of many versions", make: repeated("Version/1.1 ") },
  { name: "marks out of order", make: (length) => `a${"\u0301".repeat(length / 2)}${"\u0323".repeat(length / 2)}` },
  { name: "marks by turns", make: between("a", "\u0301\u0323", "") },
  { name: "characters that unfold", make: repeated("\ufdfa") },
  { name: "characters of no width", make: between("a", "\u200b", "1") },
  { name: "halves of characters", make: repeated("\ud800") },
  { name: "dashes", make: between("1", "-\u2011", "x") },
  { name: "equals signs", make: between("a", "=", "x") },
  { name: "words with dots", make: between("xn--", "a-.", "") },
  { name: "angle brackets", make: between("a", " <", "") },
];
