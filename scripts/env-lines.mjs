/**
 * The rules of environment files, once for whoever reads or writes one (docs/operate.md tells them to people):
 * NAME=value a line, `export ` before it allowed; `#` begins a comment only at the start of a line or after white space; quotation marks
 * (" ' `) around a whole value go, and in double ones \n \r \t \" \\ \$ \` are one character; nothing is expanded.
 */
const assignment = /^\s*(?:export\s+)?([A-Za-z_][\w.-]*)\s*=(.*)$/s;
const quoted = { '"': /^"((?:[^"\\]|\\.)*)"/s, "'": /^'([^']*)'/, "`": /^`([^`]*)`/ };
const escapes = { n: "\n", r: "\r", t: "\t" };
/** What stands as it is, without quotation marks, and is read back the same. */
const plain = /^[\w./:@%+=,;~^&?!*()[\]{}<>|-]+$/;

/**
 * Reads the text of an environment file. Out: `values` by name, `notes` for the operator about what may surprise, `mistakes` for what
 * could not be read; both are sentences that begin with "line N" and never show a value.
 */
export function readEnv(text) {
  const lines = text.split(/\r\n|\n|\r/);
  const [values, places, notes, mistakes] = [new Map(), new Map(), [], []];
  for (let at = 0; at < lines.length; ) {
    const here = `line ${at + 1}`;
    const { name, value, mistake, note, taken } = readEntry(lines, at);
    at += taken;
    if (mistake) mistakes.push(`${here} ${mistake}`);
    if (note) notes.push(`${here} ${note}`);
    if (name === undefined || value === undefined) continue;
    if (places.has(name))
      notes.push(`${here} sets ${name} again (it stands on ${places.get(name)} too); the last one counts.`);
    values.set(name, value);
    places.set(name, here);
  }
  return { values: Object.fromEntries(values), notes, mistakes };
}

/** The line that `readEnv` reads back as exactly this value, whatever it is. */
export function envLine(name, value) {
  if (value === "" || plain.test(value)) return `${name}=${value}`;
  const escaped = value.replace(/["\\$`\n\r\t]/g, (one) => `\\${{ "\n": "n", "\r": "r", "\t": "t" }[one] ?? one}`);
  return `${name}="${escaped}"`;
}

/** One entry from line `at` on, and how many lines it takes. */
function readEntry(lines, at) {
  const line = lines[at];
  if (/^\s*(?:#.*)?$/s.test(line)) return { taken: 1 };
  const [, name, right] = assignment.exec(line) ?? [];
  if (name === undefined)
    return { taken: 1, mistake: "is not understood. Write NAME=value, or begin the line with # to make it a comment." };
  return { name, ...readValue(right, () => lines.slice(at + 1)) };
}

function readValue(right, more) {
  const begun = right.trimStart();
  const pattern = quoted[begun[0]];
  if (pattern === undefined) return { taken: 1, ...beforeComment(right) };
  const whole = [begun, ...more()].join("\n");
  const [marked, inner] = pattern.exec(whole) ?? [];
  const [after = ""] = (marked === undefined ? "" : whole.slice(marked.length)).split("\n");
  const taken = marked?.split("\n").length ?? 1;
  if (marked !== undefined && /^(?:\s*|\s+#.*)$/s.test(after))
    return { taken, value: begun[0] === '"' ? unescaped(inner) : inner };
  if (marked === undefined || taken > 1)
    return { taken: 1, mistake: "begins a value with a quotation mark that is not closed." };
  if (/^#/.test(after)) return { taken: 1, mistake: "needs a space before the # of its comment." };
  // "Acme, Inc." <mail@acme.test>: the marks belong to the value
  return { taken: 1, value: `${marked}${after.slice(0, after.search(/\s#|$/))}`.trim() };
}

function beforeComment(right) {
  const hash = right.search(/\s#/);
  const value = (hash === -1 ? right : right.slice(0, hash)).trim();
  if (value !== "" || hash === -1 || /^\s*#(?:\s|$)/.test(right)) return { value };
  return {
    value,
    note: "sets nothing: what follows # after a space is a comment. Put the value into quotation marks if it begins with #.",
  };
}

const unescaped = (inner) => inner.replace(/\\([nrt"\\$`])/g, (_, letter) => escapes[letter] ?? letter);
