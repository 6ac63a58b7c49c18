import { expect } from "@/e2e/support/fixtures";
import { someAddress } from "@/e2e/support/mailbox";
import { askApi, callApi, envelopeOf } from "@/e2e/support/sdk/api";
import { loginBody } from "@/e2e/support/sdk/documents";
import { test } from "@/e2e/support/sdk/fixtures";

test("a path that is none is answered in JSON, with and without slashes too many", async ({ house, app, address }) => {
  for (const path of [
    "/api/v2",
    "/api/v2/",
    "/api/v2/nothing/here",
    "/api/v2/mfa/totp/verify/more",
    "/api/v2/%2e%2e/login",
    "/api/v2/..%2f..%2flogin",
    "/api/v2/%00",
    "/api/v2/%",
    "/api/v2/constructor",
    `/api/v2/${"a".repeat(3000)}`,
    "/graphql/v2/more",
    "//api/v2/nothing",
  ]) {
    const got = await askApi(house.url, path, { app: app.id, address, body: {} });
    expect([200, 500], path).not.toContain(envelopeOf(got).code); // neither done, nor a fault of ours
  }
});

test("slashes too many do not hide an operation", async ({ house, app, person, address }) => {
  const alan = await person();
  for (const path of ["/graphql/v2", "/graphql/v2/", "//graphql/v2"]) {
    const got = await askApi(house.url, path, { app: app.id, address, body: loginBody(alan) });
    expect(JSON.parse(got.body), path).toMatchObject({ data: { loginByEmail: { id: alan.userId } } });
  }
  for (const path of ["/api/v2/mfa/totp/verify/", "//api/v2/mfa/totp/verify", "/api/v2//mfa/totp/verify"])
    expect((await callApi(house.url, path, { app: app.id, address, body: { totp: "123456" } })).code, path).toBe(2021);
});

test("another host's name is refused in JSON", async ({ house, app, address }) => {
  for (const path of ["/graphql/v2", "/api/v2/.well-known"]) {
    const got = await askApi(house.url, path, { app: app.id, address, headers: { host: "evil.test" }, body: {} });
    expect(envelopeOf(got, 421).code).toBe(421);
  }
});

test("a call that names no app is the default one's, or refused in words where there is none", async ({
  house,
  person,
  address,
}) => {
  const katherine = await person();
  const headers = { "x-authing-lang": "", accept: "" };
  const got = await callApi(house.url, "/graphql/v2", { address, headers, body: loginBody(katherine) });
  expect([200, 403]).toContain(got.code);
  const unknown = loginBody({ ...katherine, email: someAddress() });
  expect([2333, 403]).toContain((await callApi(house.url, "/graphql/v2", { address, headers, body: unknown })).code);
});
