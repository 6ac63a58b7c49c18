import { once } from "node:events";
import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from "node:http";
import { setTimeout as pause } from "node:timers/promises";

/** A request as it arrived. */
export type Received = {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
};

export type Answer = {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** An object is sent as JSON. */
  readonly body?: unknown;
};

/**
 * How one request goes wrong. `answer` instead of the usual one (nothing is delivered then); `delay` in milliseconds before it; `hang`:
 * delivered, never answered; `drop`: delivered, then the connection breaks; `twice`: delivered, and the answer comes two times.
 */
export type Trouble =
  | { readonly kind: "answer"; readonly answer: Answer }
  | { readonly kind: "delay"; readonly milliseconds: number }
  | { readonly kind: "hang" | "drop" | "twice" };

export type HttpStandIn = {
  readonly url: string;
  /** Every request, also those that came to nothing. */
  readonly requests: readonly Received[];
  /** The next requests go wrong like this, one after the other. */
  readonly plan: (...troubles: readonly Trouble[]) => void;
  /** Every request goes wrong like this from now on; null: none any more. */
  readonly planAll: (trouble: Trouble | null) => void;
  readonly close: () => Promise<void>;
};

/** A provider on loopback. `deliver` takes a request as the provider would and says what it answers. */
export async function startHttpStandIn(deliver: (request: Received) => Answer): Promise<HttpStandIn> {
  const requests: Received[] = [];
  const planned: Trouble[] = [];
  let always: Trouble | null = null;
  const server = createServer((req, res) => {
    take(req).then(
      async (request) => {
        requests.push(request);
        await play(request, { res, trouble: planned.shift() ?? always, deliver });
      },
      () => res.destroy(),
    );
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("The server listens on no port.");
  return {
    url: `http://127.0.0.1:${address.port}`,
    requests,
    plan: (...troubles) => void planned.push(...troubles),
    planAll: (trouble) => {
      always = trouble;
    },
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

type Stage = {
  readonly res: ServerResponse;
  readonly trouble: Trouble | null;
  readonly deliver: (request: Received) => Answer;
};

async function play(request: Received, { res, trouble, deliver }: Stage): Promise<void> {
  if (trouble?.kind === "answer") return say(res, trouble.answer);
  if (trouble?.kind === "delay") await pause(trouble.milliseconds);
  const answer = deliver(request);
  if (trouble?.kind === "hang") return;
  if (trouble?.kind === "drop") return void res.destroy();
  if (trouble?.kind === "twice") return sayTwice(res, answer);
  say(res, answer);
}

async function take(req: IncomingMessage): Promise<Received> {
  const parts: Uint8Array[] = [];
  for await (const part of req) parts.push(part);
  const body = Buffer.concat(parts).toString("utf8");
  return { method: req.method ?? "", path: req.url ?? "", headers: req.headers, body };
}

function say(res: ServerResponse, { status, headers, body }: Answer): void {
  res.writeHead(status, { "content-type": "application/json", ...headers });
  res.end(written(body));
}

/** The whole answer again behind the first, on the same connection. */
function sayTwice(res: ServerResponse, { status, body }: Answer): void {
  const text = written(body);
  const head = `HTTP/1.1 ${status} OK\r\ncontent-type: application/json\r\ncontent-length: ${Buffer.byteLength(text)}\r\n\r\n`;
  res.socket?.end(`${head}${text}${head}${text}`);
}

const written = (body: unknown): string =>
  typeof body === "string" ? body : body === undefined ? "" : JSON.stringify(body);
