import { expect } from "@playwright/test";
import * as z from "zod";
import { ask, type Got } from "@/e2e/support/http";

/** A call without the package. `token`: what stands behind `Bearer`; `authorization`: the whole header, as it is. */
export type Call = {
  readonly method?: string;
  readonly app?: string | null;
  readonly token?: string;
  readonly authorization?: string;
  readonly address?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** JSON of this; a string or bytes go as they are. */
  readonly body?: unknown;
};

const envelope = z.looseObject({ code: z.number().int(), message: z.string(), data: z.unknown().optional() });
export type Envelope = z.infer<typeof envelope>;

/** One request as `call` says, with a browser's wish for HTML, and whatever comes back. */
export function askApi(url: string, path: string, call: Call = {}): Promise<Got> {
  const { method = "POST", app = null, token, authorization, address, headers = {}, body } = call;
  const bytes = typeof body === "string" || Buffer.isBuffer(body) ? body : JSON.stringify(body);
  const all = {
    ...(app !== null && { "x-authing-app-id": app }),
    ...(token !== undefined && { authorization: `Bearer ${token}` }),
    ...(authorization !== undefined && { authorization }),
    ...(address && { "x-forwarded-for": address }),
    ...(bytes !== undefined && {
      "content-type": "application/json",
      "content-length": String(Buffer.byteLength(bytes)),
    }),
    "x-authing-lang": "en-US",
    ...headers,
  };
  return ask(url, path, { method, headers: all, ...(bytes !== undefined && { body: bytes }) });
}

/** The envelope of an answer, which is JSON, is kept by nobody, sets no cookie and shows nothing of our insides. */
export function envelopeOf(got: Got, status = 200): Envelope {
  const where = got.body.slice(0, 300);
  expect(got.status, where).toBe(status);
  expect(got.headers["content-type"], where).toMatch(/^application\/json/);
  expect(got.headers["cache-control"], where).toContain("no-store");
  expect(got.setCookies).toEqual([]);
  expect(got.body).not.toMatch(/<html|<!doctype|\n\s+at |node_modules|prisma|ECONN|TypeError|SyntaxError|Unexpected/i);
  return envelope.parse(inner(JSON.parse(got.body)));
}

const graphql = z.object({ errors: z.array(z.looseObject({ message: z.unknown() })).length(1) });

/** GraphQL keeps its envelope inside `errors`; what succeeded there is `data`. */
function inner(body: unknown): unknown {
  const read = graphql.safeParse(body);
  if (read.success) return read.data.errors[0]?.message;
  return z.object({ code: z.number() }).safeParse(body).success ? body : { code: 200, message: "", data: body };
}

/** One call and its envelope. */
export const callApi = async (url: string, path: string, call: Call = {}): Promise<Envelope> =>
  envelopeOf(await askApi(url, path, call));
