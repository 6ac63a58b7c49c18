import { type Server, STATUS_CODES } from "node:http";
import type { Duplex } from "node:stream";
import { systemRandom } from "@/lib/kernel/random";
import { arrivingOn } from "@/lib/serve/body";
import type { House } from "@/lib/serve/exchange";
import { type OwnCause, ownAnswer } from "@/lib/serve/own-answer";
import { newAnswer } from "@/lib/web/answer-status";

/**
 * What Node's parser cannot read never becomes a request, and a body that stops half-way never reaches a page: both are
 * answered here, with the same headers and the same page as everything else. Oversized headers are mostly a browser with
 * too many cookies, so a person may read this.
 */
export function answerBrokenRequests(server: Server, house: House): void {
  server.on("clientError", (fault: Error & { readonly code?: string }, socket: Duplex) => {
    if (fault.code === "ECONNRESET" || !socket.writable) {
      socket.destroy();
      return;
    }
    const nobody = { req: { url: "/", headers: { accept: "text/html" } }, answer: newAnswer(systemRandom.id()), house };
    const cutOff = arrivingOn(socket);
    if (cutOff) cutOff.answer.line = "owed"; // it is written when the line closes
    socket.end(rawAnswer(statusOf(fault.code), cutOff ?? nobody));
  });
}

function statusOf(code: string | undefined): number {
  if (code === "HPE_HEADER_OVERFLOW") return 431;
  return code === "ERR_HTTP_REQUEST_TIMEOUT" ? 408 : 400;
}

function rawAnswer(status: number, cause: OwnCause): string {
  const { headers, body } = ownAnswer(cause, status);
  const lines = Object.entries({ ...headers, "content-length": Buffer.byteLength(body), connection: "close" });
  const head = lines.map(([name, value]) => `${name}: ${value}\r\n`).join("");
  return `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ""}\r\n${head}\r\n${body}`;
}
