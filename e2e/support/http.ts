import { type IncomingHttpHeaders, request } from "node:http";
import { connect } from "node:net";
import { cookieLine } from "@/e2e/support/cookies";
import type { CookieKind } from "@/lib/cookies/cookies";
import { ensure } from "@/lib/kernel/assert";

/** An answer as it came over the line. `setCookies`: each `Set-Cookie` line whole. */
export type Got = {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly setCookies: readonly string[];
  readonly body: string;
};

type Sent = {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Buffer;
};

/** One request without a browser: headers and body are exactly what the caller says, plus a browser's `Accept`. */
export function ask(base: string, path: string, { method = "GET", headers = {}, body }: Sent = {}): Promise<Got> {
  const { port, host } = new URL(base);
  const all = { host, accept: "text/html,*/*", ...headers };
  return new Promise((resolve, reject) => {
    const outgoing = request({ host: "127.0.0.1", port, path, method, headers: all }, (answer) => {
      let text = "";
      answer.setEncoding("utf8").on("data", (part: string) => {
        text += part;
      });
      answer.once("error", reject); // cut off in its middle
      answer.once("end", () => {
        const { statusCode: status = 0, headers: got } = answer;
        resolve({ status, headers: got, setCookies: got["set-cookie"] ?? [], body: text });
      });
    });
    outgoing.once("error", reject).end(body);
  });
}

/** Sends bytes as they are, says goodbye if told so, and returns everything that comes back until the line closes. */
export function askRaw(base: string, bytes: string, { thenEnds = false } = {}): Promise<string> {
  return new Promise((resolve, reject) => {
    let got = "";
    const line = { port: Number(new URL(base).port), host: "127.0.0.1", allowHalfOpen: true };
    const socket = connect(line, () => (thenEnds ? socket.end(bytes) : socket.write(bytes)));
    socket.once("end", () => socket.end());
    socket.setEncoding("utf8").on("data", (part: string) => {
      got += part;
    });
    socket.once("error", reject).once("close", () => resolve(got));
  });
}

/** Sends bytes as they are and breaks the line off, without waiting for an answer. */
export function hangUp(base: string, bytes: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = connect(Number(new URL(base).port), "127.0.0.1", () =>
      socket.write(bytes, () => socket.resetAndDestroy()),
    );
    socket.once("error", reject).once("close", () => resolve());
  });
}

/** The fields of a form, hidden ones of the framework included, in the order of the page. */
export type Fields = readonly (readonly [name: string, value: string | Blob])[];

/** The form on a page that has a field or words like `mark`, as a browser without scripts would send it: what has no name stays there. */
export function formIn(html: string, mark: string): Fields {
  const form = html.match(/<form[\s\S]*?<\/form>/g)?.find((each) => each.includes(mark));
  ensure(form, `the page has a form with ${mark}`);
  const inputs = form.match(/<input[^>]*>/g) ?? [];
  const sent = inputs.filter((input) => !/ type="checkbox"/.test(input) || / checked=""/.test(input));
  const named = sent.filter((input) => attribute(input, "name") !== "");
  return named.map((input) => [attribute(input, "name"), attribute(input, "value")] as const);
}

const entities: Readonly<Record<string, string>> = { quot: '"', amp: "&", lt: "<", gt: ">", "#x27": "'" };

function attribute(tag: string, name: string): string {
  const raw = tag.match(new RegExp(` ${name}="([^"]*)"`))?.[1] ?? "";
  return raw.replace(/&(quot|amp|lt|gt|#x27);/g, (whole, entity: string) => entities[entity] ?? whole);
}

/** The same fields with some exchanged; names that the form lacks are added at the end. */
export function filled(fields: Fields, values: Readonly<Record<string, string | Blob>>): Fields {
  const known = fields.map(([name]) => name);
  const added = Object.entries(values).filter(([name]) => !known.includes(name));
  return [...fields.map(([name, value]) => [name, values[name] ?? value] as const), ...added];
}

/**
 * Posts a form the way a browser without scripts does, one that keeps the cookies of the first doors. `headers` stand above the usual ones;
 * "" takes one away.
 */
export async function post(base: string, path: string, fields: Fields, headers: Readonly<Record<string, string>> = {}) {
  const form = new FormData();
  for (const [name, value] of fields) form.append(name, value);
  const encoded = new Response(form);
  const body = Buffer.from(await encoded.arrayBuffer());
  const type = encoded.headers.get("content-type") ?? "";
  const cookie = cookieLine(base, "probe", "1");
  const usual = { origin: base, cookie, "content-type": type, "content-length": String(body.length) };
  const all = Object.entries({ ...usual, ...headers }).filter(([, value]) => value !== "");
  return ask(base, path, { method: "POST", headers: Object.fromEntries(all), body });
}

/** What a form answered, read from the page that came back. */
export function alertsIn(html: string): string {
  const alerts = html.match(/role="alert"[\s\S]*?<\/(?:p|div)>/g) ?? [];
  return alerts.map((each) => each.replace(/<[^>]+>|role="alert"[^>]*>/g, "")).join(" ");
}

/** The value that an answer gives a cookie of a kind, whatever the port in its name; null when it does not set it. */
export function cookieIn(got: Got, kind: CookieKind): string | null {
  const line = got.setCookies.find((each) => each.split("=")[0]?.endsWith(`-${kind}`));
  return line?.slice(line.indexOf("=") + 1).split(";")[0] ?? null;
}
