import { expect } from "@/e2e/support/fixtures";
import { openHouse } from "@/e2e/support/house";
import { askRaw } from "@/e2e/support/http";
import { withOwnPortal } from "@/e2e/support/own-portal";
import { askApi, type Call, callApi, envelopeOf } from "@/e2e/support/sdk/api";
import { registerApp } from "@/e2e/support/sdk/apps";
import { loginBody } from "@/e2e/support/sdk/documents";
import { test } from "@/e2e/support/sdk/fixtures";

/** Every path of the API, with the method that it takes. */
const paths: readonly (readonly [method: string, path: string])[] = [
  ["GET", "/api/v2/.well-known"],
  ["POST", "/graphql/v2"],
  ["POST", "/api/v2/login/account"],
  ["POST", "/api/v2/login/email-code"],
  ["POST", "/api/v2/sms/send"],
  ["POST", "/api/v2/email/send"],
  ["POST", "/api/v2/mfa/totp/verify"],
  ["POST", "/api/v2/applications/mfa/totp/verify"],
  ["POST", "/api/v2/applications/mfa/sms/verify"],
  ["POST", "/api/v2/applications/mfa/email/verify"],
  ["POST", "/api/v2/applications/mfa/check"],
  ["POST", "/api/v2/mfa/totp/recovery"],
  ["GET", "/api/v2/mfa/authenticator"],
  ["POST", "/api/v2/mfa/totp/associate"],
  ["DELETE", "/api/v2/mfa/totp/associate"],
  ["POST", "/api/v2/mfa/totp/associate/confirm"],
  ["GET", "/api/v2/logout"],
  ["GET", "/api/v2/users/me/security-level"],
  ["POST", "/api/v2/mfa/face/associate"],
  ["POST", "/api/v2/mfa/face/verify"],
  ["POST", "/api/v2/upload"],
];

const deep = `{"query":${"[".repeat(20_000)}${"]".repeat(20_000)}}`;

/** What is no body of any operation, each as bytes. */
const bodies: Readonly<Record<string, string>> = {
  nothing: "",
  "no JSON": "email=a&password=b",
  "half a JSON": '{"totp":"12',
  null: "null",
  "a list": "[]",
  "a number": "5",
  "a text": '"totp"',
  "an empty object": "{}",
  "deep JSON": deep,
  "other types": '{"totp":123456,"code":{"a":1},"recoveryCode":[],"phone":5,"email":null,"query":7,"account":{}}',
  "a prototype": '{"__proto__":{"totp":"123456"},"constructor":{"prototype":{"x":1}}}',
  "a zero byte":
    '{"totp":"\\u0000","code":"\\u0000","email":"a\\u0000@example.test","account":"\\u0000","password":"\\u0000"}',
  "half a surrogate": '{"totp":"\\ud800","code":"\\ud800","recoveryCode":"\\ud800","phone":"\\ud800"}',
  "60 000 letters": `{"totp":"${"a".repeat(60_000)}"}`,
};

const methods = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"];

test("no method, no body and no path makes the API stumble: always JSON, never a page, a 500 or a stack", async () => {
  await withOwnPortal({ settings: { TRUSTED_PROXIES: "127.0.0.0/8,::1" } }, async (portal) => {
    const house = openHouse(portal);
    const { id: app } = await registerApp(house);
    let nth = 0;
    const say = async (path: string, call: Call) => {
      nth += 1;
      const address = `10.${(nth >> 8) & 255}.${nth & 255}.9`; // each from its own network: not the limits are asked here
      return askApi(portal.url, path, { app, address, ...call });
    };
    for (const [right, path] of paths) {
      for (const method of methods.filter((one) => one !== right && !(path.endsWith("/associate") && one === "POST"))) {
        const got = await say(path, { method });
        if (method === "HEAD") expect([got.status, got.body], `HEAD ${path}`).toEqual([200, ""]);
        else expect(envelopeOf(got).code, `${method} ${path}`).not.toBe(200);
      }
      for (const [what, body] of Object.entries(right === "POST" ? bodies : {})) {
        const { code } = envelopeOf(await say(path, { body }));
        // without a token a send is answered alike for every address, and for none
        if (!path.endsWith("/send")) expect(code, `${what} to ${path}`).not.toBe(200);
      }
    }
    await house.close();
    expect(portal.hasEnded()).toBe(false);
    expect(portal.output()).not.toMatch(/"event":"(?:process\.|request\.failed|lane\.failed)/);
  });
});

test("GraphQL of any other shape is told that it cannot be read, and opens nothing", async ({
  house,
  app,
  person,
  address,
}) => {
  const ada = await person();
  const right = loginBody(ada);
  const { query } = right;
  const twice = query.replace(/\}\s*$/, " second: loginByEmail(input: $input) { id token } }");
  const shapes: Readonly<Record<string, unknown>> = {
    "a question about the schema": { query: "{ __schema { types { name } } }" },
    "an unknown operation": { ...right, query: query.replaceAll("loginByEmail", "loginByMagic") },
    "a name of every object": { ...right, query: query.replaceAll("loginByEmail", "constructor") },
    "another case": { ...right, query: query.replaceAll("loginByEmail", "LOGINBYEMAIL") },
    "a subscription": { ...right, query: query.replace("mutation", "subscription") },
    "two fields": { ...right, query: twice },
    "two operations": { ...right, query: `${query} ${query}` },
    "a fragment": { ...right, query: `${query} fragment all on User { password }` },
    "the name of another operation": { ...right, query: query.replace("mutation loginByEmail", "mutation user") },
    "a batch": [right, right],
    "a persisted query": {
      variables: right.variables,
      extensions: { persistedQuery: { version: 1, sha256Hash: "0" } },
    },
    "variables as text": { query, variables: JSON.stringify(right.variables) },
    "no variables": { query },
    "variables without an input": { query, variables: {} },
    "a list as the password": { query, variables: { input: { email: ada.email, password: [ada.password] } } },
    "an object as the name": { query, variables: { input: { email: { $ne: null }, password: ada.password } } },
  };
  for (const [what, body] of Object.entries(shapes)) {
    const got = await callApi(house.url, "/graphql/v2", { app: app.id, address, body });
    expect(got.code, what).not.toBe(200);
  }
  expect(await house.sql("SELECT 1 FROM sessions WHERE user_id = $1", [ada.userId])).toEqual([]);
});

test("a query in the address, or in a form, is no login", async ({ house, app, person, address }) => {
  const grace = await person();
  const { query, variables } = loginBody(grace);
  const search = new URLSearchParams({ query, variables: JSON.stringify(variables) });
  const get = await callApi(house.url, `/graphql/v2?${search}`, { method: "GET", app: app.id, address });
  expect(get.code).not.toBe(200);
  const headers = { "content-type": "application/x-www-form-urlencoded" };
  const form = await callApi(house.url, "/graphql/v2", { app: app.id, address, headers, body: search.toString() });
  expect(form.code).not.toBe(200);
});

test("a body beyond 64 kB is refused with 413 and in JSON, and so is one that does not say how long it is", async ({
  house,
  app,
  address,
}) => {
  const send = (letters: number) =>
    askApi(house.url, "/api/v2/mfa/totp/verify", { app: app.id, address, body: { totp: "1".repeat(letters) } });
  expect(envelopeOf(await send(66_000), 413)).toEqual({
    code: 413,
    message: "The body is too large: send at most 64 kB.",
  });
  // whoever still sends when the line is closed may never read why
  const ofMegabyte = await send(1_048_576).then(
    ({ status }) => status,
    () => "closed",
  );
  expect([413, "closed"]).toContain(ofMegabyte);
  const { host } = new URL(house.url);
  const head = `POST /graphql/v2 HTTP/1.1\r\nHost: ${host}\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n`;
  const answer = await askRaw(house.url, `${head}10100\r\n${"a".repeat(0x10100)}\r\n`);
  expect(answer).toMatch(/^HTTP\/1\.1 413 /);
  expect(answer).toContain("application/json");
  expect(answer).not.toMatch(/<html/i);
});

test("a body that stops half-way is answered in JSON", async ({ house }) => {
  const { host } = new URL(house.url);
  const head = `POST /api/v2/mfa/totp/verify HTTP/1.1\r\nHost: ${host}\r\nContent-Type: application/json\r\nContent-Length: 90\r\n\r\n`;
  const answer = await askRaw(house.url, `${head}{"totp":`, { thenEnds: true });
  expect(answer).not.toMatch(/<html/i);
  expect(answer).toMatch(/^HTTP\/1\.1 (200|400) [\s\S]*\{"code":4\d\d,/);
});
