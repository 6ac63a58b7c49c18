import { brotliDecompressSync, gunzipSync } from "node:zlib";
import { documentRequest } from "./browser.mjs";
import { exchange, open } from "./load.mjs";
import { filesNamedIn } from "./named-files.mjs";
import { cpuAlone } from "./process-cost.mjs";
import { whole } from "./same-text.mjs";

const lines = 6; // as many as browsers open to one host

/**
 * First visits of a page by browsers that have nothing of it yet: the page, then every file that it names over six new lines. Out: bytes of the bodies as
 * delivered (all, and the scripts alone), how many files, and the portal's CPU ms for the page and for its files.
 */
export async function runColdVisits({ portal }, { path, cookie = "", visits }) {
  const page = await onNewLine(portal, [documentRequest({ origin: portal.origin, path, cookie })]);
  const names = filesNamedIn(textOf(page[0]));
  const files = await visitFiles(portal, names);
  const costOf = async (visit) => {
    const before = cpuAlone(portal.pid);
    for (let n = 0; n < visits; n += 1) await visit();
    return (cpuAlone(portal.pid) - before) / visits;
  };
  const cpu = {
    page: await costOf(() => onNewLine(portal, [documentRequest({ origin: portal.origin, path, cookie })])),
    files: await costOf(() => visitFiles(portal, names)),
  };
  const bytes = (answers) => answers.reduce((sum, answer) => sum + bodyOf(answer).length, 0);
  const scripts = files.filter((_, at) => names[at].endsWith(".js"));
  return { n: visits, files: names.length, all: bytes([...page, ...files]), script: bytes(scripts), cpu };
}

async function visitFiles(portal, names) {
  const request = (path) =>
    Buffer.from(
      `GET ${path} HTTP/1.1\r\nHost: ${new URL(portal.origin).host}\r\nAccept: */*\r\nAccept-Encoding: br, gzip\r\nSec-Fetch-Site: same-origin\r\n\r\n`,
    );
  const shares = Array.from({ length: Math.min(lines, names.length) }, (_, line) =>
    names.filter((_name, at) => at % lines === line),
  );
  const answers = await Promise.all(shares.map((share) => onNewLine(portal, share.map(request))));
  return names.map((_, at) => answers[at % lines][Math.floor(at / lines)]);
}

/** Requests one after the other on a line of their own. Throws where one is not answered with 200. */
async function onNewLine(portal, requests) {
  const socket = await open(portal.port);
  const answers = [];
  for (const request of requests) {
    const answer = await exchange(socket, request);
    if (answer.status !== 200)
      throw new Error(`A cold visit met ${answer.status}: ${request.toString().split("\r\n")[0]}`);
    answers.push(answer);
  }
  socket.destroy();
  return answers;
}

/** The body as it came, without the lengths of its chunks. */
const bodyOf = ({ head, body }) =>
  Buffer.from(/\r\ntransfer-encoding: chunked/i.test(head) ? whole(body) : body, "latin1");

function textOf(answer) {
  const body = bodyOf(answer);
  const coding = /\r\ncontent-encoding: ([^\r]+)/i.exec(answer.head)?.[1];
  return (coding === "br" ? brotliDecompressSync(body) : coding === "gzip" ? gunzipSync(body) : body).toString();
}
