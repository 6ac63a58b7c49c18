import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv2020, type ValidateFunction } from "ajv/dist/2020.js";
import * as z from "zod";

/** One call as it went over the line. */
export type Exchange = {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly request: unknown;
  readonly status: number;
  readonly answer: unknown;
};

/** What `docs/openapi.json` says of a call: null where it knows no such path and method. */
export type Verdict = { readonly request: string | null; readonly answer: string | null } | null;

const place = join(import.meta.dirname, "../../../docs/openapi.json");
const id = "https://login.example.test/openapi.json";

const content = z.object({ content: z.object({ "application/json": z.object({ schema: z.unknown() }) }) });
const operation = z.looseObject({
  parameters: z.array(z.looseObject({ in: z.string().optional(), name: z.string().optional() })),
  requestBody: content.optional(),
});
const description = z.looseObject({ paths: z.record(z.string(), z.record(z.string(), operation)) });

/** Holds calls against the published description, by a reader of JSON Schema that is not ours. */
export function describedCalls(): (call: Exchange) => Verdict {
  const written: unknown = JSON.parse(readFileSync(place, "utf8"));
  const { paths } = description.parse(written);
  const ajv = new Ajv2020({
    strict: false,
    allErrors: false,
    schemas: [{ $id: id, ...z.looseObject({}).parse(written) }],
  });
  const compiled = new Map<string, ValidateFunction>();
  const holds = (pointer: readonly string[], value: unknown): string | null => {
    const $ref = `${id}#/${pointer.map((part) => encodeURIComponent(part.replaceAll("~", "~0").replaceAll("/", "~1"))).join("/")}`;
    const validate = compiled.get($ref) ?? ajv.compile({ $ref });
    compiled.set($ref, validate);
    return validate(value) ? null : ajv.errorsText(validate.errors);
  };
  return ({ method, path, query, request, status, answer }) => {
    const found = paths[path]?.[method.toLowerCase()];
    if (!found) return null;
    const at = ["paths", path, method.toLowerCase()];
    const schema = ["content", "application/json", "schema"];
    const names = new Set(found.parameters.flatMap((one) => (one.in === "query" ? [one.name] : [])));
    const stray = [...query.keys()].find((name) => !names.has(name));
    const told = found.requestBody ? holds([...at, "requestBody", ...schema], request) : null;
    const where = status === 200 ? [...at, "responses", "200", ...schema] : [...(responses[status] ?? at), ...schema];
    return { request: stray === undefined ? told : `query: ${stray}`, answer: holds(where, answer) };
  };
}

const responses: Readonly<Record<number, readonly string[]>> = {
  413: ["components", "responses", "TooLarge"],
  421: ["components", "responses", "WrongHost"],
};
