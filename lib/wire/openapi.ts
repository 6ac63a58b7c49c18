import { z } from "zod";
import type { Needs, Operation } from "@/lib/wire/operation";
import { graphqlOperations, restOperations } from "@/lib/wire/operations";
import { secondStepShape } from "@/lib/wire/shapes";

/** A shape as JSON Schema, without the line that names the standard. */
const json = (shape: z.ZodType, io: "input" | "output") => {
  const { $schema, ...schema } = z.toJSONSchema(shape, { io, unrepresentable: "any", target: "draft-2020-12" });
  return schema;
};

const security: Readonly<Record<Needs, readonly Readonly<Record<string, readonly string[]>>[]>> = {
  nothing: [],
  mfaToken: [{ mfaToken: [] }],
  userToken: [{ userToken: [] }],
  either: [{ mfaToken: [] }, { userToken: [] }],
};

const envelopeOf = (output: z.ZodType) => ({
  type: "object",
  required: ["code", "message"],
  properties: {
    code: { type: "integer", description: "200 is a success; anything else a failure, also under HTTP 200." },
    message: { type: "string" },
    data: json(output, "output"),
  },
});

function described(operation: Operation, method: string): object {
  const { name, summary, needs, input, output } = operation;
  const given = json(input, "input");
  const body = { content: { "application/json": { schema: given } } };
  const properties =
    "properties" in given && typeof given.properties === "object" ? Object.entries(given.properties) : [];
  const query = properties.map(([field, schema]) => ({ name: field, in: "query", required: false, schema }));
  return {
    ...{ summary, description: `${name} in the SDK.`, security: security[needs] },
    ...(method === "GET" ? { parameters: query } : method === "POST" ? { requestBody: body } : {}),
    responses: { "200": answer(envelopeOf(output)) },
  };
}

const answer = (schema: object) => ({
  description:
    "The envelope: success or failure. Logins answer 1635 or 1636 with a `SecondStep` as data where a second step is due.",
  content: { "application/json": { schema } },
});

/** POST /graphql/v2 as one path: which documents it knows, and what their variables and results are. */
function graphqlPath(): object {
  const documents = Object.entries(graphqlOperations).map(([field, { kind, of }]) => ({
    title: `${kind} ${field}`,
    description: `${of.summary} A mutation's variables may stand in \`input\`.`,
    type: "object",
    required: ["query"],
    properties: { query: { type: "string" }, variables: json(of.input, "input") },
  }));
  return {
    post: {
      summary: "The fixed documents of the SDK; there is no GraphQL engine.",
      description:
        "A failure is `errors[0].message = {code, message, data}`. Codes 1635 and 1636 carry the data of `SecondStep`.",
      requestBody: { content: { "application/json": { schema: { oneOf: documents } } } },
      responses: { "200": answer({ type: "object" }) },
    },
  };
}

const bearer = (description: string) => ({ type: "http", scheme: "bearer", description });

/**
 * The lane for programs as an OpenAPI 3.1 document, made from the very table and shapes that answer. `docs/openapi.json` is this; a test holds
 * the two together.
 */
export function describeLane(): object {
  const paths = Object.entries(restOperations).map(([path, methods]) => [
    `/api/v2/${path}`,
    Object.fromEntries(
      Object.entries(methods).map(([method, operation]) => [method.toLowerCase(), described(operation, method)]),
    ),
  ]);
  return {
    openapi: "3.1.0",
    info: {
      title: "Sallyport: the JSON lane for apps",
      version: "2",
      description:
        "Spoken by the unmodified authing-js-sdk. Every call names its app in `x-authing-app-id`; failures are HTTP 200 with a code in the body, but for an oversized body (413) and another host's name (421). A login that needs a second step answers 1635 or 1636 with a `SecondStep` as data.",
    },
    components: {
      securitySchemes: {
        mfaToken: bearer("What a login gives out with code 1635 or 1636: 360 seconds, one success."),
        userToken: bearer("A signed JWT, 24 hours, ended by logout."),
      },
      schemas: { SecondStep: json(secondStepShape, "output") },
    },
    paths: { ...Object.fromEntries(paths), "/graphql/v2": graphqlPath() },
  };
}
