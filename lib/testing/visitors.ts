import { Agent, type IncomingMessage, type RequestOptions, request } from "node:http";

/** What one visitor asks for, again and again. `body`: posted. */
export type Asked = Pick<RequestOptions, "method" | "path" | "headers"> & { readonly body?: string | Buffer };

/** What became of all their requests. `lost`: why one that had reached the open port got no whole answer. */
export type Visited = { readonly answers: Readonly<Record<number, number>>; readonly lost: readonly string[] };

type Visiting = { readonly port: number; readonly visitors: number; readonly asked: (nth: number) => Asked };

/**
 * So many visitors who each ask one thing after the other on a line that they keep, until the port takes nobody in any more. A connection that is refused
 * never was a request; everything else that is not answered is lost.
 */
export async function visitUntilClosed({ port, visitors, asked }: Visiting): Promise<Visited> {
  const answers: Record<number, number> = {};
  const lost: string[] = [];
  let count = 0;
  const stay = async () => {
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    for (;;) {
      count += 1;
      const got = await ask(port, agent, asked(count));
      if (got === "refused") break;
      if (typeof got === "number") answers[got] = (answers[got] ?? 0) + 1;
      else lost.push(got.why);
    }
    agent.destroy();
  };
  await Promise.all(Array.from({ length: visitors }, stay));
  return { answers, lost };
}

/** What visitors of the portal at `origin` ask for in turn: a page, a form and a file. */
export function inTurn(origin: string): (nth: number) => Asked {
  const headers = { host: new URL(origin).host, accept: "text/html" };
  const form = { ...headers, origin, "content-type": "application/x-www-form-urlencoded" };
  const kinds: readonly [Asked, ...Asked[]] = [
    { path: "/login", headers },
    { method: "POST", path: "/login", headers: form, body: `identifier=${"x".repeat(2_000)}` },
    { path: "/favicon.svg", headers },
  ];
  return (nth) => kinds[nth % kinds.length] ?? kinds[0];
}

function ask(
  port: number,
  agent: Agent,
  { body, ...asked }: Asked,
): Promise<number | "refused" | { readonly why: string }> {
  return new Promise((resolve) => {
    const failed = (fault: Error & { readonly code?: string }) =>
      resolve(fault.code === "ECONNREFUSED" ? "refused" : { why: `${asked.path}: ${fault.code ?? fault.message}` });
    const sent = request({ host: "127.0.0.1", port, agent, ...asked }, (got: IncomingMessage) => {
      got.once("error", failed).resume();
      got.once("end", () => resolve(got.complete ? (got.statusCode ?? 0) : { why: `${asked.path}: half an answer` }));
    });
    sent.once("error", failed).end(body);
  });
}
