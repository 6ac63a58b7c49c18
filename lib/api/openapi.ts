import { namedSchemas } from "@/lib/api/describe-answers";
import { describeGraphql, describeRest } from "@/lib/api/describe-paths";

const bearer = (description: string) => ({ type: "http", scheme: "bearer", description });

/** An error that is told by the HTTP status too: in the shape of the path, an envelope or `errors`. */
const bare = (code: number, description: string) => {
  const envelope = {
    type: "object",
    required: ["code", "message"],
    properties: { code: { const: code }, message: { type: "string" } },
  };
  const graphql = {
    type: "object",
    required: ["errors"],
    properties: { errors: { type: "array", items: { type: "object", properties: { message: envelope } } } },
  };
  return { description, content: { "application/json": { schema: { oneOf: [envelope, graphql] } } } };
};

const parameters = {
  appId: {
    name: "x-authing-app-id",
    in: "header",
    required: false,
    description: "The id of the app, as `portal apps list` prints it. Without one the portal's default app is meant.",
    schema: { type: "string", maxLength: 64 },
  },
  language: {
    name: "x-authing-lang",
    in: "header",
    required: false,
    description: "The language of `message`: `zh-CN` or `en-US`. Otherwise the portal's own.",
    schema: { type: "string" },
  },
};

/**
 * The JSON API for apps as an OpenAPI 3.1 document, made from the very table and shapes that answer. `docs/openapi.json` is this; a test
 * holds the two together, and the stories of the SDK hold every request and answer of theirs against it.
 */
export function describeApi(): object {
  return {
    openapi: "3.1.0",
    info: {
      title: "Sallyport: the JSON API for apps",
      version: "2",
      license: { name: "Apache-2.0", identifier: "Apache-2.0" },
      description:
        "Spoken by the unmodified authing-js-sdk. Every call names its app in `x-authing-app-id`; failures are HTTP 200 with a code in the body, but for an oversized body (413) and another host's name (421). A login that needs a second step answers 1635 or 1636 with a `SecondStep` as data.",
    },
    servers: [
      {
        url: "{portal}",
        description: "Your portal: its `APP_URL`.",
        variables: { portal: { default: "https://login.example.test" } },
      },
    ],
    components: {
      parameters,
      responses: {
        TooLarge: bare(413, "The body is larger than 64 kB."),
        WrongHost: bare(421, "The portal answers under another name."),
      },
      securitySchemes: {
        mfaToken: bearer("What a login gives out with code 1635 or 1636: 360 seconds, one success."),
        userToken: bearer("A signed JWT, 24 hours, ended by logout."),
      },
      schemas: namedSchemas,
    },
    paths: { ...describeRest(), ...describeGraphql() },
  };
}
