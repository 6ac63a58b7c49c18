import { expect } from "@/e2e/support/fixtures";
import { ask } from "@/e2e/support/http";
import { insiderOf } from "@/e2e/support/sdk/answers";
import { askApi, callApi, envelopeOf } from "@/e2e/support/sdk/api";
import { registerApp } from "@/e2e/support/sdk/apps";
import { loginBody } from "@/e2e/support/sdk/documents";
import { test } from "@/e2e/support/sdk/fixtures";

const corsHeaders = (headers: Readonly<Record<string, unknown>>) =>
  Object.keys(headers).filter((name) => name.startsWith("access-control-"));

test("a preflight from an origin that any app lists is answered with what the package needs, and nobody else's is", async ({
  house,
  address,
}) => {
  const origin = "https://looms.example.test";
  await registerApp(house, { origins: [origin] });
  const wish = {
    "access-control-request-method": "DELETE",
    "access-control-request-headers": "authorization,content-type,x-authing-app-id",
    "x-forwarded-for": address,
  };
  for (const path of ["/graphql/v2", "/api/v2/.well-known", "/api/v2/mfa/totp/associate", "/api/v2/nothing/here"]) {
    const got = await ask(house.url, path, { method: "OPTIONS", headers: { ...wish, origin } });
    expect([200, 204], path).toContain(got.status);
    expect(got.headers["access-control-allow-origin"]).toBe(origin);
    expect(got.headers["access-control-allow-credentials"]).toBe("true");
    expect(got.headers["access-control-allow-methods"]).toMatch(/GET.*POST.*DELETE/);
    for (const name of [
      "authorization",
      "content-type",
      "app-id",
      "lang",
      "request-from",
      "sdk-version",
      "userpool-id",
      "app-tenant-id",
    ])
      expect(got.headers["access-control-allow-headers"]).toContain(name);
    expect(got.headers.vary).toMatch(/origin/i);
    for (const other of [
      "https://evil.test",
      "null",
      `${origin}.evil.test`,
      origin.replace("https", "http"),
      "",
      "*",
    ]) {
      const refused = await ask(house.url, path, { method: "OPTIONS", headers: { ...wish, origin: other } });
      expect(corsHeaders(refused.headers), `${path} from ${other}`).toEqual([]);
    }
  }
});

test("an answer may be read by an origin of the very app that asks, and by no other", async ({
  house,
  person,
  address,
}) => {
  const ada = await person();
  const [mine, theirs] = ["https://mine.example.test", "https://theirs.example.test"];
  const [app, other] = [await registerApp(house, { origins: [mine] }), await registerApp(house, { origins: [theirs] })];
  const call = (id: string, origin: string) =>
    askApi(house.url, "/graphql/v2", { app: id, address, headers: { origin }, body: loginBody(ada) });
  const allowed = await call(app.id, mine);
  expect(allowed.headers["access-control-allow-origin"]).toBe(mine);
  expect(allowed.headers.vary).toMatch(/origin/i);
  expect(JSON.parse(allowed.body)).toMatchObject({ data: { loginByEmail: { id: ada.userId } } });
  for (const [id, origin] of [
    [app.id, theirs],
    [other.id, mine],
    [app.id, "https://evil.test"],
    [app.id, "null"],
  ] as const) {
    const refused = await call(id, origin);
    expect(envelopeOf(refused).code, `${id} from ${origin}`).toBe(403);
    expect(corsHeaders(refused.headers)).toEqual([]);
  }
  expect(await house.sql("SELECT 1 FROM sessions WHERE user_id = $1", [ada.userId])).toHaveLength(1);
});

test("a failure can be read by the app's page too", async ({ house, address }) => {
  const origin = "https://failing.example.test";
  const { id } = await registerApp(house, { origins: [origin] });
  const got = await askApi(house.url, "/api/v2/mfa/totp/verify", { app: id, address, headers: { origin }, body: {} });
  expect(envelopeOf(got).code).toBe(2021);
  expect(got.headers["access-control-allow-origin"]).toBe(origin);
});

test("a server of the app's, which sends no Origin, is served; its answers let no page in", async ({
  house,
  app,
  person,
  client,
  address,
}) => {
  const grace = await person();
  insiderOf(await client().loginByEmail(grace.email, grace.password));
  const got = await askApi(house.url, "/graphql/v2", { app: app.id, address, body: loginBody(grace) });
  expect(corsHeaders(got.headers)).toEqual([]);
});

test("the portal's own pages stay closed to every origin that an app lists", async ({ house, address }) => {
  const origin = "https://pages.example.test";
  await registerApp(house, { origins: [origin] });
  const from = { origin, "x-forwarded-for": address };
  for (const path of ["/login", "/security", "/"])
    expect(corsHeaders((await ask(house.url, path, { headers: from })).headers), path).toEqual([]);
  expect((await ask(house.url, "/login", { method: "POST", headers: from })).status).toBe(403);
});

test("who calls too often from one address is told to wait, in JSON and with a time, with right words too", async ({
  house,
  app,
  person,
  address,
}) => {
  const alan = await person();
  const call = (who: typeof alan) => callApi(house.url, "/graphql/v2", { app: app.id, address, body: loginBody(who) });
  for (let nth = 0; nth < 30; nth += 1) await call({ ...alan, email: `nobody-${nth}@example.test` });
  expect(await call(alan)).toMatchObject({ code: 1002, data: { retryAfter: expect.any(Number) } });
});
