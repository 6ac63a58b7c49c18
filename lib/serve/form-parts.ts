/** One field of a form as it came. `content` holds one character per byte; `isPlain`: a name and nothing else is said of it. */
export type FormPart = { readonly name: string; readonly content: string; readonly isPlain: boolean };

const disposition = /^content-disposition: ?form-data; ?name="([^"\\]*)"(; ?filename="[^"\\]*")?$/i;
const contentType = /^content-type: ?[^;]+(?:;.*)?$/i;

/**
 * Takes a whole multipart body apart the way browsers put it together: parts between the announced boundaries, each with a name and at most a content
 * type (RFC 7578, section 4; 4.7 retires the encoding), and an end. Out: the fields in their order, or null for anything else.
 */
export function partsOf(body: Buffer, boundary: string): readonly FormPart[] | null {
  const delimiter = `\r\n--${boundary}`;
  const [before, ...pieces] = `\r\n${body.toString("latin1")}`.split(delimiter); // only the frame is looked at, and that is ASCII
  const end = pieces.pop();
  if (before !== "" || (end !== "--" && end !== "--\r\n")) return null;
  const parts = pieces.flatMap((piece) => readPart(piece) ?? []);
  return parts.length === pieces.length ? parts : null;
}

/** Line end, header lines, an empty line, content. */
function readPart(piece: string): FormPart | null {
  const head = /^\r\n((?:[^\r\n]+\r\n){1,2})\r\n/.exec(piece);
  const [first = "", second] = head?.[1]?.split("\r\n").slice(0, -1) ?? [];
  const found = disposition.exec(first);
  if (!head || !found || (second !== undefined && !contentType.test(second))) return null;
  const isPlain = found[2] === undefined && second === undefined;
  return { name: found[1] ?? "", content: piece.slice(head[0].length), isPlain };
}
