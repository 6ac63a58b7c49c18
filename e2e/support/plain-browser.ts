import { type IncomingMessage, request } from "node:http";
import { type Fields, filled, formIn } from "@/e2e/support/http";

/** A page as somebody without scripts has it before them: the one that the redirects ended at. */
export type PlainPage = { readonly status: number; readonly path: string; readonly body: string };

/** One person with a browser that runs no scripts. `port`: which of the portals behind the one address answers this request. */
export type PlainBrowser = {
  open(port: number, path: string): Promise<PlainPage>;
  /** Fills the form of `page` in which `mark` stands and sends it where it came from. */
  submit(port: number, page: PlainPage, mark: string, values: Readonly<Record<string, string>>): Promise<PlainPage>;
  /** The `Cookie` header that it sends. */
  cookies(): string;
};

const furthest = 8;

/**
 * A browser without scripts, for programs that no test runner runs: it keeps cookies, follows redirects and sends forms as they stand in the page.
 * In: the address that people type, the address that it comes from as a trusted proxy tells it, and cookies that it has already (`name=value`).
 */
export function plainBrowser(origin: string, ip: string, given: readonly string[] = []): PlainBrowser {
  const jar = new Map(given.map((pair) => [pair.slice(0, pair.indexOf("=")), pair.slice(pair.indexOf("=") + 1)]));
  const cookies = () => [...jar].map(([name, value]) => `${name}=${value}`).join("; ");
  const ask = async (port: number, path: string, sent: Sent, hops = 0): Promise<PlainPage> => {
    const got = await exchange(port, path, { ...sent, headers: { ...usual(origin, ip, cookies()), ...sent.headers } });
    for (const line of got.setCookies) keep(jar, line);
    if (got.location === null) return { status: got.status, path, body: got.body };
    if (hops === furthest) throw new Error(`${path} leads from one page to the next without an end.`);
    const { pathname, search } = new URL(got.location, origin);
    return ask(port, pathname + search, { method: "GET", headers: {} }, hops + 1);
  };
  return {
    open: (port, path) => ask(port, path, { method: "GET", headers: {} }),
    submit: async (port, page, mark, values) =>
      ask(port, page.path, await encoded(filled(formIn(page.body, mark), values), origin)),
    cookies,
  };
}

type Sent = { readonly method: string; readonly headers: Readonly<Record<string, string>>; readonly body?: Buffer };

const usual = (origin: string, ip: string, cookie: string) => ({
  host: new URL(origin).host,
  accept: "text/html,application/xhtml+xml",
  "accept-language": "en",
  "x-forwarded-for": ip,
  ...(cookie !== "" && { cookie }),
});

async function encoded(fields: Fields, origin: string): Promise<Sent> {
  const form = new FormData();
  for (const [name, value] of fields) form.append(name, value);
  const whole = new Response(form);
  const body = Buffer.from(await whole.arrayBuffer());
  const type = whole.headers.get("content-type") ?? "";
  return { method: "POST", headers: { origin, "content-type": type, "content-length": String(body.length) }, body };
}

function keep(jar: Map<string, string>, line: string): void {
  const [pair = "", ...attributes] = line.split(";");
  const name = pair.slice(0, pair.indexOf("="));
  const value = pair.slice(name.length + 1);
  if (value === "" || attributes.some((each) => /^\s*max-age=0$/i.test(each))) jar.delete(name);
  else jar.set(name, value);
}

function exchange(port: number, path: string, { method, headers, body }: Sent) {
  return new Promise<{
    readonly status: number;
    readonly location: string | null;
    readonly setCookies: readonly string[];
    readonly body: string;
  }>((resolve, reject) => {
    const asked = request({ host: "127.0.0.1", port, path, method, headers, agent: false }, (got: IncomingMessage) => {
      let text = "";
      got.setEncoding("utf8").on("data", (piece: string) => {
        text += piece;
      });
      const status = got.statusCode ?? 0;
      const location = status >= 300 && status < 400 ? (got.headers.location ?? null) : null;
      got.once("error", reject);
      got.once("end", () => resolve({ status, location, setCookies: got.headers["set-cookie"] ?? [], body: text }));
    });
    asked.once("error", reject).end(body);
  });
}
