import { exchange, open } from "./load.mjs";

/** What a browser says of every document that it asks for. */
const document = ["Accept: text/html,application/xhtml+xml", "Accept-Encoding: br, gzip", "Accept-Language: en"];
const furthest = 5;

/**
 * A browser that opens documents and keeps its cookies and its line (`keepsLine: false`: it takes a new one each time), at a portal behind a
 * proxy that calls it `ip`. Out: `open(path)`, which follows redirects; `send(request)`, for a form's bytes; the cookies that it would send;
 * how many requests it has made; and how to close it.
 */
export async function openBrowser({ portal, ip, keepsLine = true }) {
  const cookies = new Map();
  let socket = null;
  let requests = 0;
  const cookie = () => [...cookies].map(([name, value]) => `${name}=${value}`).join("; ");
  const send = async (request) => {
    requests += 1;
    const line = socket ?? (await open(portal.port));
    socket = null; // a line on which an answer is cut off is never used again
    const answer = await exchange(line, request);
    if (keepsLine) socket = line;
    else line.destroy();
    for (const [, name, value] of answer.head.matchAll(/\r\nset-cookie: ([^=]+)=([^;\r]*)/gi)) {
      if (value === "") cookies.delete(name);
      else cookies.set(name, value);
    }
    return answer;
  };
  const visit = async (path, hops = 0) => {
    const answer = await send(documentRequest({ origin: portal.origin, path, cookie: cookie(), ip }));
    const next = /\r\nlocation: ([^\r]+)/i.exec(answer.head)?.[1];
    if (answer.status < 300 || answer.status > 399 || next === undefined) return { ...answer, path };
    if (hops === furthest) throw new Error(`${path} leads from one page to the next without an end.`);
    return visit(pathOf(next, portal.origin), hops + 1);
  };
  return { open: visit, send, cookie, requests: () => requests, close: () => socket?.destroy() };
}

/** The request for a document as bytes. */
export function documentRequest({ origin, path, cookie = "", ip = "127.0.0.1" }) {
  const lines = [
    `GET ${path} HTTP/1.1`,
    `Host: ${new URL(origin).host}`,
    ...document,
    "Sec-Fetch-Site: same-origin",
    "Sec-Fetch-Mode: navigate",
    `X-Forwarded-For: ${ip}`,
    ...(cookie ? [`Cookie: ${cookie}`] : []),
  ];
  return Buffer.from(`${lines.join("\r\n")}\r\n\r\n`);
}

/** Where the answer to a form leads: `/security;push` is the framework's way to say it. Null when it leads nowhere. */
export function ledTo({ head }, origin) {
  const target = /\r\nx-action-redirect: ([^\r;]+)/i.exec(head)?.[1];
  return target === undefined ? null : pathOf(target, origin);
}

function pathOf(address, origin) {
  const { pathname, search } = new URL(address, origin);
  return pathname + search;
}
