import { chooseCoding } from "@/lib/serve/accept-encoding";
import type { Exchange } from "@/lib/serve/exchange";
import { answerOwn } from "@/lib/serve/outgoing";
import type { StaticFile } from "@/lib/serve/static-files";

/**
 * Answers for a file out of memory: whole in the coding that the visitor likes best, or 304 to who has it already. Null, an
 * address where no file is, is a 404. Anything but GET and HEAD is a 405.
 */
export function answerFile(exchange: Exchange, file: StaticFile | null): void {
  const { req, res, isClosing } = exchange;
  const isRead = req.method === "GET" || req.method === "HEAD";
  if (file === null) answerOwn(exchange, 404);
  else if (!isRead) answerOwn(exchange, 405, { allow: "GET, HEAD" });
  else {
    if (isClosing()) res.setHeader("connection", "close");
    sendFile(exchange, file);
  }
}

function sendFile({ req, res }: Exchange, file: StaticFile): void {
  if (isKnown(req.headers["if-none-match"], file.etag)) {
    res.writeHead(304, [...file.head]).end();
    return;
  }
  const coding = chooseCoding(req.headers["accept-encoding"]?.toString(), file.codings);
  const form = file.compressed[coding] ?? file.plain;
  res.writeHead(200, [...file.head, ...form.head]);
  res.end(req.method === "HEAD" ? undefined : form.body);
}

/** `If-None-Match` compares weakly (RFC 9110, 13.1.2): a proxy may have taken a `W/` away. */
function isKnown(list: string | undefined, etag: string): boolean {
  if (list === undefined) return false;
  return list.includes(etag.slice(2)) || list.trim() === "*";
}
