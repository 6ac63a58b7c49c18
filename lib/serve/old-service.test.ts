import { expect, test } from "vitest";
import { expectDressed, standAtTheDoors } from "@/lib/testing/doors";
import { isOfOldService } from "@/lib/web/old-service";

const doors = standAtTheDoors();

const oldPaths = [
  "/api/v3/signin",
  "/api/v3/",
  "/api/v1/users",
  "/api",
  "/api/nothing",
  "/api/auth/session",
  "/API/v3/x",
  "//api//v3/x",
  ...["/oidc/auth", "/oidc/token?x=1", "/oidc/.well-known/openid-configuration", "/oauth/token", "/oauth/me"],
  "/cas-idp/5f0c8a1b2c3d4e5f60718293/login",
  "/cas/session",
  "/saml-idp/x",
  "/connections/social/github",
  "/scim/v2/Users",
  ...["/graphql", "/graphql/", "/graphql/v1", "/graphql/v3", "/authorization/allow", "/login/profile/logout"],
  ...["/logout", "/interaction/oidc/x/confirm", "/oauth2/token", "/events/pub", "/sso", "/sso/session", "/sso-login"],
  ...["/%6fidc/auth", "/oidc%2Fauth", "/%61pi/v3/signin"],
  ...["/.well-known/openid-configuration", "/.well-known/jwks.json", "/public-config", "/mfa-bound", "/connState"],
] as const;

test.each(oldPaths)(
  "%s answers every method with one sentence in JSON, and nobody behind hears of it",
  async (path) => {
    for (const method of ["GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]) {
      const got = await doors.get(path, { method, headers: { "content-type": "application/json" }, body: "{}" });
      expect([got.status, got.headers["content-type"]], method).toEqual([404, "application/json"]);
      expect(JSON.stringify(JSON.parse(got.body)), method).toMatch(/"code":404.*docs\/move-from-authing\.md/);
      expect(got.headers["set-cookie"], method).toBeUndefined();
      expectDressed(got.headers);
    }
    expect((await doors.get(path, { method: "HEAD" })).status).toBe(404);
    expect(doors.seen).toEqual({});
  },
);

test("a page of any origin may read the sentence, so that nobody looks for a mistake in their origins", async () => {
  const origin = "https://shop.example.test";
  const asks = {
    "access-control-request-method": "POST",
    "access-control-request-headers": "authorization, x-authing-app-id",
  };
  const before = await doors.get("/api/v3/signin", { method: "OPTIONS", headers: { origin, ...asks } });
  expect(before).toMatchObject({ status: 204, body: "" });
  expect(before.headers).toMatchObject({
    "access-control-allow-origin": origin,
    "access-control-allow-credentials": "true",
    vary: "Origin",
    "access-control-allow-headers": "authorization, x-authing-app-id",
    "access-control-allow-methods": expect.stringContaining("POST"),
  });
  const call = await doors.get("/api/v3/signin", { method: "POST", headers: { origin }, body: "{}" });
  expect(call.status).toBe(404);
  expect(call.headers["access-control-allow-origin"]).toBe(origin);
  for (const odd of ["https://shop.example.test/x", "evil", "https://a.test, https://b.test"])
    expect(
      (await doors.get("/oidc/me", { headers: { origin: odd } })).headers["access-control-allow-origin"],
    ).toBeUndefined();
});

test("it is said in the language that is asked for, and as GraphQL where that is spoken", async () => {
  const chinese = await doors.get("/oidc/me", { headers: { "x-authing-lang": "zh-CN" } });
  expect(JSON.parse(chinese.body).message).toMatch(/迁移说明 docs\/move-from-authing\.md/);
  expect(JSON.parse((await doors.get("/graphql", { method: "POST", body: "{}" })).body)).toMatchObject({
    data: null,
    errors: [{ message: { code: 404, message: expect.stringContaining("docs/move-from-authing.md") } }],
  });
});

test("a body without an end is not waited for, and one that is too large is refused as such", async () => {
  const got = await doors.get("/oauth/token", {
    method: "POST",
    headers: { "transfer-encoding": "chunked" },
    body: "a=1",
  });
  expect([got.status, got.headers.connection]).toEqual([404, "close"]);
  const large = { "content-length": "70000" };
  expect((await doors.get("/oauth/token", { method: "POST", headers: large, body: "a".repeat(70_000) })).status).toBe(
    413,
  );
});

test.each([
  "/",
  "/login",
  "/login?x=/oidc",
  "/logins/profile",
  "/security",
  "/apis",
  "/graphqlx",
  "/oidcs",
  "/casual",
  "/connect",
  "/logouts",
  "/ssos",
  "/%",
  "/security/%6fidc",
  "/api/v2",
  "/api/v2/mfa/totp/verify",
  "/graphql/v2",
  "//api/v2/x",
  "/.well-known/change-password",
  "/_next/static/api",
])("%s is none of them", (path) => expect(isOfOldService(path.split("?")[0] ?? "")).toBe(false));
