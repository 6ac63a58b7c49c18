import { expect, test } from "vitest";
import { answerGraphql } from "@/lib/api/graphql";
import { someApp as app } from "@/lib/testing/some-app";
import { openHouse } from "@/lib/testing/story";

const house = openHouse();

const asked = async (body: unknown) =>
  (await answerGraphql({ ctx: house.ctx, app, token: null, looksLikeMfa: false }, body)).body;
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
  ["two fields", { query: "query user { user { id } second: user { id } }" }],
  ["two operations", { query: "query user { user { id } } query user { user { id } }" }],
  ["a fragment behind it", { query: "query user { user { id } } fragment x on User { id }" }],
  ["a field of another name", { query: "query user { checkLoginStatus { code } }" }],
  ["no name of its own", { query: "query { user { id } }" }],
  ["a brace too many", { query: "query user { user { id } } }" }],
])("%s is not offered, and reads nothing", async (_, body) => {
  expect(await asked(body)).toMatchObject(notOffered);
});

test.each([null, [], "text", 7, { input: null }, { input: [] }, { input: { email: 7, password: {} } }])(
  "variables like %j cannot be read",
  async (variables) => {
    const query = "mutation loginByEmail($input: LoginByEmailInput!) { loginByEmail(input: $input) { token } }";
    expect(await asked({ query, variables })).toMatchObject({ errors: [{ message: { code: 400 } }] });
  },
);
