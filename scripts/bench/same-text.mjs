/**
 * An answer as words that may be compared: status, header lines and body, without what differs for every request whoever asks: tokens
 * and ids (16 characters and more), cookies' values, moments, and the address that the person typed.
 */
export function textOf({ status, head, body }) {
  const lines = head
    .split("\r\n")
    .slice(1)
    .filter((line) => !/^date:/i.test(line))
    .map((line) => line.replace(/^(set-cookie: [^=]+=)[^;]*/i, "$1…").replace(/Expires=[^;]*/i, "Expires=…"));
  return [status, ...lines.map(withoutTokens), withoutTokens(whole(body))].join("\n");
}

/** The body without the lengths of its chunks: where the server cuts it is a matter of the moment. */
export function whole(body) {
  const chunk = /^([0-9a-f]+)\r\n/i.exec(body);
  if (!chunk) return body;
  const [start, length] = [chunk[0].length, Number.parseInt(chunk[1], 16)];
  return length === 0 ? "" : body.slice(start, start + length) + whole(body.slice(start + length + 2));
}

const withoutTokens = (text) =>
  text
    .replace(/'nonce-[\w+/=-]+'/g, "'nonce'")
    .replace(/[\w.+-]+@[\w.-]*example\.test/g, "<address>")
    .replace(/\+\d{8,15}/g, "<number>")
    .replace(/[\w+/-]{16,}={0,2}/g, (word) => (/\d/.test(word) ? "<token>" : word));

/** The different texts of each kind, and which of them only some kinds have. */
export function compareTexts(textsByKind) {
  const all = new Set(Object.values(textsByKind).flatMap((texts) => [...texts]));
  const telling = [...all].filter((text) => !Object.values(textsByKind).every((texts) => texts.has(text)));
  return { count: all.size, telling };
}
