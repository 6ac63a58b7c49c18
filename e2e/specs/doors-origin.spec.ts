import pg from "pg";
import { cookieLine } from "@/e2e/support/cookies";
import { openSessionOf } from "@/e2e/support/entry";
import { expect, test } from "@/e2e/support/fixtures";
import { moveIn } from "@/e2e/support/house";
import { alertsIn, ask, askRaw, cookieIn, filled, formIn, post } from "@/e2e/support/http";
import { withOwnPortal } from "@/e2e/support/own-portal";

const foreign = {
  missing: "",
  opaque: "null",
  foreign: "https://evil.test",
  "of the other scheme": "https://localhost",
  "on another port": "http://localhost:1",
  malformed: "http://localhost:%00",
  "a list": "http://localhost, https://evil.test",
} as const;

for (const [what, origin] of Object.entries(foreign)) {
  test(`a form whose Origin is ${what} is refused, and nothing has changed`, async ({ house, address }) => {
    const ada = await moveIn(house, { apps: 1 });
    const { cookie: session } = await openSessionOf(house, ada);
    const cookie = cookieLine(house.url, "session", session);
    const path = `/security/factors/${ada.factorIds[0]}`;
    const page = await ask(house.url, path, { headers: { cookie } });
    const form = filled(formIn(page.body, "Save name"), { label: "Stolen" });
    const got = await post(house.url, path, form, { cookie, origin, "x-forwarded-for": address });
    expect(got.status).toBe(403);
    expect(got.body).toContain("Nothing has changed.");
    const rows = () =>
      house.sql("SELECT result, meta->>'why' AS why FROM security_events WHERE name = 'origin.refused' AND ip = $1", [
        address,
      ]);
    await expect.poll(rows).toEqual([{ result: "refused", why: "origin" }]);
    expect(await house.sql("SELECT label FROM factors WHERE user_id = $1", [ada.userId])).toEqual([
      { label: "Phone 1" },
    ]);
  });
}

test("a login from a foreign page costs nobody a try", async ({ house, address }) => {
  const grace = await moveIn(house, { apps: 1 });
  const headers = { "x-forwarded-for": address };
  const page = await ask(house.url, "/login", { headers });
  const form = filled(formIn(page.body, 'name="identifier"'), {
    identifier: grace.email,
    password: "not the password",
  });
  const got = await post(house.url, "/login", form, { ...headers, origin: "https://evil.test" });
  expect(got.status).toBe(403);
  expect(
    await house.sql("SELECT 1 FROM buckets WHERE key LIKE '%' || $1 || '%' OR key LIKE $2", [
      grace.userId,
      `%${address}`,
    ]),
  ).toEqual([]);
});

test("the same with scripts: an action call from elsewhere is refused", async ({ house }) => {
  const headers = {
    "next-action": "0".repeat(42),
    "content-type": "text/plain;charset=UTF-8",
    origin: "https://evil.test",
  };
  const got = await ask(house.url, "/login", { method: "POST", headers, body: "[]" });
  expect(got.status).toBe(403);
});

test("another host's name is not ours; another name of this machine leads to the right one", async ({ house }) => {
  const { port } = new URL(house.url);
  for (const host of ["evil.test", `evil.test:${port}`, "localhost", "localhost:1", `localhost..:${port}`]) {
    expect((await ask(house.url, "/login", { headers: { host } })).status, host).toBe(421);
  }
  const alias = await ask(house.url, "/login?x=1", { headers: { host: `127.0.0.1:${port}` } });
  expect([alias.status, alias.headers.location]).toEqual([307, `${house.url}/login?x=1`]);
  const posted = await ask(house.url, "/login", {
    method: "POST",
    headers: { host: `127.0.0.1:${port}`, origin: house.url },
  });
  expect(posted.status).toBe(421);
});

test("a forwarded host or scheme changes no link and no redirect", async ({ house }) => {
  const headers = { "x-forwarded-host": "evil.test", "x-forwarded-proto": "https", forwarded: "host=evil.test" };
  for (const path of ["/", "/security", "/login", "/setup"]) {
    const got = await ask(house.url, path, { headers });
    expect(`${got.headers.location ?? ""}${got.body}`).not.toContain("evil.test");
  }
});

test("X-Forwarded-For of somebody who is no trusted proxy is not believed", async () => {
  await withOwnPortal({}, async (portal) => {
    const page = await ask(portal.url, "/login");
    const form = filled(formIn(page.body, 'name="identifier"'), {
      identifier: "nobody@example.test",
      password: "wrong password",
    });
    const got = await post(portal.url, "/login", form, { "x-forwarded-for": "203.0.113.9" });
    expect(alertsIn(got.body)).toContain("That name or password is not right");
    expect(cookieIn(got, "second-door")).toBeNull();
    const client = new pg.Client({ connectionString: portal.databaseUrl });
    await client.connect();
    const { rows } = await client.query("SELECT key FROM buckets WHERE key LIKE 'address.near:%'");
    await client.end();
    expect(rows).toEqual([{ key: "address.near:127.0.0.1" }]);
  });
});

test("two bodies in one request: the line is closed instead of guessing (request smuggling)", async ({ house }) => {
  const { host } = new URL(house.url);
  const head = `POST /login HTTP/1.1\r\nHost: ${host}\r\nOrigin: ${house.url}\r\n`;
  const got = await askRaw(
    house.url,
    `${head}Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /security HTTP/1.1\r\n\r\n`,
  );
  expect(got).toMatch(/^HTTP\/1\.1 400 /);
  expect(got.match(/HTTP\/1\.1/g)).toHaveLength(1);
});
