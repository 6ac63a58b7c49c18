import { request as ask, createServer, type IncomingMessage } from "node:http";
import { buffer } from "node:stream/consumers";
import { expect } from "@playwright/test";
import * as z from "zod";
import { describedCalls, type Exchange, type Verdict } from "@/e2e/support/sdk/described";
import { ensure } from "@/lib/kernel/assert";

/** Stands between the package and the portal, passes everything on as it is, and remembers it. `raw`: an answer's head and body. */
export type Recorder = {
  readonly url: string;
  readonly heard: readonly { readonly call: Exchange; readonly verdict: Verdict; readonly raw: string }[];
  close(): Promise<void>;
};

let judge: ((call: Exchange) => Verdict) | undefined;

/** Opens a recorder in front of the portal at `portal`. */
export async function openRecorder(portal: string): Promise<Recorder> {
  judge ??= describedCalls();
  const weigh = judge;
  const heard: { call: Exchange; verdict: Verdict; raw: string }[] = [];
  const { host, port } = new URL(portal);
  const server = createServer(async (incoming, outgoing) => {
    const body = await buffer(incoming);
    const { method = "GET", url = "/" } = incoming;
    const options = { host: "127.0.0.1", port, method, path: url, headers: { ...incoming.headers, host } };
    const answer = await new Promise<IncomingMessage>((resolve, reject) => {
      ask(options, resolve).once("error", reject).end(body);
    });
    const text = await buffer(answer);
    const { pathname, searchParams: query } = new URL(url, portal);
    const { statusCode: status = 0 } = answer;
    const path = pathname.replace(/^\/{2,}/, "/");
    const call = { method, path, query, request: json(body), status, answer: json(text) };
    const raw = `${answer.rawHeaders.join("\n")}\n${text}`;
    if (method !== "OPTIONS") heard.push({ call, verdict: weigh(call), raw });
    outgoing.writeHead(status, answer.rawHeaders).end(text);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  ensure(address !== null && typeof address === "object", "a TCP server has a port");
  const close = () => new Promise<void>((resolve) => server.close(() => resolve()).closeAllConnections());
  return { url: `http://localhost:${address.port}`, heard, close };
}

function json(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString("utf8"));
  } catch {
    return undefined; // nothing, or no JSON: a description of JSON has nothing to say about it
  }
}

/** The numbers with which the API turns away what its description does not know. */
const turnedAway: readonly number[] = [400, 404, 405, 501, 6003, 6004];

const told = z.union([
  z.object({ errors: z.tuple([z.object({ message: z.object({ code: z.number() }) })]) }),
  z.object({ code: z.number() }),
]);

/** Every answer is as described, and so is every request, unless the API refuses it as something that it does not know. */
export function expectDescribed({ heard }: Recorder): void {
  for (const { call, verdict } of heard) {
    const where = `${call.method} ${call.path} ${JSON.stringify(call.request)} → ${call.status} ${JSON.stringify(call.answer)}`;
    expect(verdict?.answer ?? null, `the answer: ${where}`).toBeNull();
    if (verdict !== null && verdict.request === null) continue;
    const read = told.safeParse(call.answer);
    const code = !read.success
      ? call.status
      : "errors" in read.data
        ? read.data.errors[0].message.code
        : read.data.code;
    expect(turnedAway, `the request (${verdict?.request ?? "no such path"}): ${where}`).toContain(code);
  }
}
