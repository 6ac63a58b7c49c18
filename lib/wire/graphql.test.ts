import { expect, test } from "vitest";
import { openHouse } from "@/lib/testing/story";
import { answerGraphql } from "@/lib/wire/graphql";

const house = openHouse();
const app = {
  id: "shop",
  name: "Shop",
  origins: [],
  servers: [],
  redirect: null,
  unmasked: false,
  demands: false,
  isDefault: true,
};

const asked = async (body: unknown) => (await answerGraphql({ ctx: house.ctx, app, bearer: null }, body)).body;
const notOffered = { errors: [{ message: { code: 501, message: expect.any(String) } }] };

test("a document that is known is answered under its own name, with an object as the message of a failure", async () => {
  const query = "mutation loginByEmail($input: LoginByEmailInput!) {\n  loginByEmail(input: $input) {\n id\n token } }";
  const input = { email: "nobody@example.test", password: "seven quiet herons", autoRegister: false, params: null };
  expect(await asked({ query, variables: { input } })).toEqual({
    errors: [{ message: { code: 2333, message: expect.any(String) }, locations: [], path: ["loginByEmail"] }],
    data: { loginByEmail: null },
  });
});

test.each([
  ["nothing", undefined],
  ["null", null],
  ["a list of documents", [{ query: "query user { user { id } }" }]],
  ["no query", { variables: {} }],
  ["a query that is no text", { query: { kind: "Document" } }],
  ["an unknown field", { query: "query everybody { users { id } }" }],
  ["a field that every object has", { query: "query toString { toString }" }],
  ["a mutation as a query", { query: "query loginByEmail { loginByEmail { token } }" }],
  ["a query as a mutation", { query: "mutation user { user { token } }" }],
  ["introspection", { query: "query IntrospectionQuery { __schema { types { name } } }" }],
  ["a subscription", { query: "subscription user { user { id } }" }],
  ["a fragment first", { query: "fragment x on User { id } query user { user { ...x } }" }],
  ["braces without end", { query: `query ${"{".repeat(20_000)}` }],
  ["an alias for something else", { query: "query user { user: users { id } }" }],
])("%s is not offered, and reads nothing", async (name, body) => {
  const answer = await asked(body);
  if (name === "an alias for something else") expect(answer).toMatchObject({ errors: [{ message: { code: 2020 } }] });
  else expect(answer).toMatchObject(notOffered);
});

test.each([null, [], "text", 7, { input: null }, { input: [] }, { input: { email: 7, password: {} } }])(
  "variables like %j cannot be read",
  async (variables) => {
    const query = "mutation loginByEmail($input: LoginByEmailInput!) { loginByEmail(input: $input) { token } }";
    expect(await asked({ query, variables })).toMatchObject({ errors: [{ message: { code: 400 } }] });
  },
);
