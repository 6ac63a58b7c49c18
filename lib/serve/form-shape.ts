import type { IncomingHttpHeaders } from "node:http";

/** The media type as browsers write it: nothing after the boundary, quoted or not (RFC 2046, section 5.1.1). */
const multipart = /^multipart\/form-data; ?boundary=("?)([0-9A-Za-z'()+_,./:=?-]{1,70})\1$/i;

/** Node's own reader of plain forms knows boundaries from this length on; all browsers' are longer. */
const shortestPlainBoundary = 27;

const disposition = /^content-disposition: ?form-data; ?name="[^"\\]*"(?:; ?filename="[^"\\]*")?$/i;
const contentType = /^content-type: ?[^;]+(?:;.*)?$/i;

/** How Next names its actions; it writes anything else into the log as it came. */
const actionId = /^[0-9a-f]{42}$/;

/**
 * Is this whole body a form that the parsers behind the doors can read? Two of them read forms, each differently: what one
 * of them stumbles over becomes a fault of ours (500), and a part that announces an encoding ends the process, because
 * React closes its parser on it while nobody listens. So only what browsers send passes: parts between the announced
 * boundaries, each with a name and at most a content type (RFC 7578, section 4; 4.7 retires the encoding), and an end.
 * Other bodies than multipart ones pass; nobody takes them apart piece by piece.
 */
export function isReadableForm(headers: IncomingHttpHeaders, body: Buffer): boolean {
  const action = headers["next-action"];
  if (action !== undefined && !actionId.test(String(action))) return false;
  const type = headers["content-type"]?.trim() ?? "";
  if (!type.toLowerCase().startsWith("multipart/")) return true;
  const boundary = multipart.exec(type)?.[2];
  if (boundary === undefined || (action === undefined && boundary.length < shortestPlainBoundary)) return false;
  return areParts(body.toString("latin1"), `--${boundary}`);
}

/** `text` holds one character per byte: only the frame is looked at, and that is ASCII. */
function areParts(text: string, delimiter: string): boolean {
  const [before, ...pieces] = `\r\n${text}`.split(`\r\n${delimiter}`);
  const end = pieces.pop();
  return before === "" && (end === "--" || end === "--\r\n") && pieces.every(isPart);
}

/** Line end, header lines, an empty line, content. */
function isPart(piece: string): boolean {
  const head = /^\r\n((?:[^\r\n]+\r\n){1,2})\r\n/.exec(piece)?.[1];
  const lines = head?.split("\r\n").slice(0, -1) ?? [];
  const [first = "", second] = lines;
  return disposition.test(first) && (second === undefined || contentType.test(second));
}
