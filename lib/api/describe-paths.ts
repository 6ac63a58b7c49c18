import { refusalSchemas, refusalsOf, resultSchema, schemaOf, successSchema } from "@/lib/api/describe-answers";
import type { Needs, Operation } from "@/lib/api/operation";
import { graphqlOperations, restOperations } from "@/lib/api/operations";

type Part = Readonly<Record<string, unknown>>;

const security: Readonly<Record<Needs, readonly Part[]>> = {
  nothing: [],
  mfaToken: [{ mfaToken: [] }],
  userToken: [{ userToken: [] }],
  either: [{ mfaToken: [] }, { userToken: [] }],
};

/** Headers of every call; only the first decides anything. */
const everyCall = [{ $ref: "#/components/parameters/appId" }, { $ref: "#/components/parameters/language" }];

const json = (schema: Part) => ({ content: { "application/json": { schema } } });

const responses = (schema: Part, codes: readonly number[]) => ({
  "200": {
    description: `Success (code 200) or one of ${codes.join(", ")}. The HTTP status is 200 for all of them.`,
    ...json(schema),
  },
  "413": { $ref: "#/components/responses/TooLarge" },
  "421": { $ref: "#/components/responses/WrongHost" },
});

/** The first of several that fits; of a single one, itself. */
const oneOf = (schemas: readonly Part[]): Part => (schemas.length === 1 ? { ...schemas[0] } : { oneOf: schemas });

/** `POST mfa/totp/verify` → `postMfaTotpVerify`. */
const idOf = (method: string, path: string) =>
  method.toLowerCase() +
  path
    .split(/[^a-z0-9]+/i)
    .map((word) => word.slice(0, 1).toUpperCase() + word.slice(1))
    .join("");

function described(operation: Operation, method: string, path: string): Part {
  const { name, summary, needs, input } = operation;
  const given = schemaOf(input, "input");
  const { properties } = given;
  const fields = typeof properties === "object" && properties !== null ? Object.entries(properties) : [];
  const query = fields.map(([field, schema]) => ({ name: field, in: "query", required: false, schema }));
  const success = successSchema(operation);
  const codes = refusalsOf(operation);
  return {
    operationId: idOf(method, path),
    summary,
    description: `${name} in the SDK.`,
    security: security[needs],
    parameters: [...everyCall, ...(method === "GET" ? query : [])],
    ...(method === "POST" ? { requestBody: { required: false, ...json(given) } } : {}),
    responses: responses(oneOf([...(success ? [success] : []), ...refusalSchemas(codes)]), codes),
  };
}

/** Everything under /api/v2. */
export function describeRest(): Part {
  const paths = Object.entries(restOperations).map(([path, methods]) => {
    const all = Object.entries(methods).map(([method, operation]) => [
      method.toLowerCase(),
      described(operation, method, path),
    ]);
    return [`/api/v2/${path}`, Object.fromEntries(all)];
  });
  return Object.fromEntries(paths);
}

/** One fixed document: what its text begins with tells it from the others. */
function documentSchema(field: string, { kind, of }: { readonly kind: string; readonly of: Operation }): Part {
  const variables = { type: "object", ...schemaOf(of.input, "input") };
  const inInput = { type: "object", required: ["input"], properties: { input: variables } };
  return {
    title: `${kind} ${field}`,
    description: `${of.summary} May answer ${refusalsOf(of).join(", ")} beside a result.`,
    type: "object",
    required: ["query"],
    properties: {
      query: { type: "string", maxLength: 65_536, pattern: `^\\s*${kind}\\s+${field}\\b` },
      variables: kind === "mutation" ? { anyOf: [inInput, variables] } : variables,
    },
  };
}

function resultOf(field: string, operation: Operation): readonly Part[] {
  const result = resultSchema(operation);
  if (result === null) return [];
  const data = { type: "object", required: [field], properties: { [field]: result } };
  return [{ title: field, type: "object", required: ["data"], properties: { data, errors: false } }];
}

/** POST /graphql/v2: which documents it knows, and what their variables and results are. */
export function describeGraphql(): Part {
  const all = Object.entries(graphqlOperations);
  const codes = [...new Set([...all.flatMap(([, { of }]) => refusalsOf(of)), 501])].sort((one, other) => one - other);
  const error = {
    type: "object",
    required: ["message", "locations", "path"],
    properties: {
      message: { oneOf: refusalSchemas(codes) },
      locations: { type: "array", maxItems: 0 },
      path: { type: "array", maxItems: 1, items: { type: "string" } },
    },
  };
  const failure = {
    title: "failure",
    type: "object",
    required: ["errors", "data"],
    properties: {
      errors: { type: "array", minItems: 1, maxItems: 1, items: error },
      data: { type: ["object", "null"] },
    },
  };
  const post = {
    operationId: "postGraphql",
    summary: "The fixed documents of the SDK; there is no GraphQL engine.",
    description:
      "A failure is one entry of `errors`, whose `message` is no text but `{code, message, data}`. The variables of a mutation stand in `input`, or by themselves.",
    security: [{}, { mfaToken: [] }, { userToken: [] }],
    parameters: everyCall,
    requestBody: {
      required: true,
      ...json({ anyOf: all.map(([field, document]) => documentSchema(field, document)) }),
    },
    responses: responses({ anyOf: [...all.flatMap(([field, { of }]) => resultOf(field, of)), failure] }, codes),
  };
  return { "/graphql/v2": { post } };
}
