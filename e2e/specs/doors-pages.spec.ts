import { cookieLine } from "@/e2e/support/cookies";
import { openSessionOf } from "@/e2e/support/entry";
import { expect, test } from "@/e2e/support/fixtures";
import { moveIn } from "@/e2e/support/house";
import { ask, filled, formIn, post } from "@/e2e/support/http";
import { encodeMfaToken } from "@/lib/auth/mfa-token";
import { atSecondDoor } from "@/lib/testing/story";

test("what is not there is a page of ours, in words, with a way on", async ({ house }) => {
  for (const path of [
    "/nothing-here",
    "/security/nothing",
    "/api/nothing",
    "/.env",
    "/_next/nothing.js",
    "/challenge/carrier-pigeon",
  ]) {
    const got = await ask(house.url, path);
    expect(got.status, path).toBe(404);
    expect(got.headers["cache-control"], path).toBe("no-store");
  }
  expect((await ask(house.url, "/nothing-here")).body).toMatch(/<h1[^>]*>There is no page here<\/h1>/);
  expect((await ask(house.url, "/nothing-here", { headers: { "accept-language": "zh-CN" } })).body).toContain(
    "找不到此页面",
  );
});

test("an escape that cannot be decoded is no fault of ours, whichever part of an address it stands in", async ({
  house,
}) => {
  const doors = ["welcome", "alarm", "register", "reset-password", "revert", "veto", "unlock", "challenge", "enrol"];
  const rooms = ["sessions", "devices", "contacts", "waiting", "data", "factors"].map((room) => `security/${room}`);
  for (const path of [...doors, ...rooms, "_next/static", "brand-logo"]) {
    const asked = ["%", "abc%3", "%E0%A4"].map((part) => ask(house.url, `/${path}/${part}`));
    expect([path, ...(await Promise.all(asked)).map(({ status }) => status)]).toEqual([path, 400, 400, 400]);
    // what can be decoded reaches the page, as often as the framework decodes it
    for (const part of ["%25", "%2525", "%2F", "%00", "%5B%5D", "%252e%252e"])
      expect([path, part, (await ask(house.url, `/${path}/${part}`)).status < 500]).toEqual([path, part, true]);
  }
});

test("there is no door of next-auth's own", async ({ house }) => {
  for (const path of [
    "/api/auth",
    "/api/auth/session",
    "/api/auth/csrf",
    "/api/auth/signin",
    "/api/auth/callback/mfa",
    "/api/auth/signout",
  ]) {
    expect((await ask(house.url, path)).status, path).toBe(404);
    const posted = await ask(house.url, path, {
      method: "POST",
      headers: { origin: house.url, "content-type": "application/x-www-form-urlencoded" },
    });
    expect([404, 405], path).toContain(posted.status);
  }
});

test("other methods are refused with what would be taken", async ({ house }) => {
  for (const method of ["PUT", "DELETE", "PATCH", "OPTIONS", "TRACE"]) {
    const got = await ask(house.url, "/login", { method, headers: { origin: house.url } });
    expect([got.status, got.headers.allow], method).toEqual([405, "GET, HEAD, POST"]);
    expect(got.body, method).toContain("That cannot be done here");
  }
});

test("more than 64 kB at once is refused in words, announced or not", async ({ house }) => {
  const headers = { origin: house.url, "content-type": "application/x-www-form-urlencoded" };
  const body = `identifier=${"a".repeat(70_000)}`;
  const announced = await ask(house.url, "/login", {
    method: "POST",
    body,
    headers: { ...headers, "content-length": String(body.length) },
  });
  expect(announced.status).toBe(413);
  expect(announced.body).toContain("That is too much at once");
  const form = filled(formIn((await ask(house.url, "/login")).body, 'name="identifier"'), {
    identifier: "a".repeat(70_000),
  });
  const streamed = await post(house.url, "/login", form, { "content-length": "", "transfer-encoding": "chunked" });
  expect([streamed.status, streamed.body.includes("That is too much at once")]).toEqual([413, true]);
});

test("password managers are led to the page that changes the password", async ({ house }) => {
  const got = await ask(house.url, "/.well-known/change-password");
  expect([got.status, got.headers.location]).toEqual([307, "/security/password"]);
});

test("what a program asks of a private page without a session gives nothing away, between the doors neither, under none of its spellings", async ({
  house,
  guest,
}) => {
  const ada = await guest({ apps: 1, codes: true });
  const pass = await encodeMfaToken(await atSecondDoor(house.ctx, ada.userId), ada.userId);
  const between = cookieLine(house.url, "second-door", pass);
  const disguises: ReadonlyArray<Readonly<Record<string, string>>> = [
    { rsc: "1" },
    { accept: "text/html" },
    { rsc: "1", "next-router-prefetch": "1" },
    { rsc: "1", "next-router-segment-prefetch": "/_tree" },
    { "next-router-prefetch": "1", purpose: "prefetch" },
    { "x-middleware-subrequest": "middleware:middleware:middleware:middleware:middleware" },
    { "x-sallyport-anything": "1", "x-pathname": "/login" },
    { "next-action": "0".repeat(42) },
  ];
  for (const path of [
    "/security",
    "/security/password",
    `/security/factors/${ada.factorIds[0]}`,
    "/security/recovery-codes/once",
  ]) {
    const asIs = [path, `${path}?_rsc=abc12`].flatMap((address) => disguises.map((headers) => ({ address, headers })));
    const spelled = ["/", ".rsc", ".segments/_tree.segment.rsc", ".json"].map((end) => path + end);
    const around = [
      `/${path}`,
      path.replace("/s", "/%73"),
      `/zh${path}`,
      `/_next/data/build${path}.json`,
      `/login/..${path}`,
    ];
    const otherwise = [...spelled, ...around].flatMap((address) =>
      disguises.slice(0, 2).map((headers) => ({ address, headers })),
    );
    for (const { address, headers } of [...asIs, ...otherwise]) {
      for (const cookie of ["", between]) {
        const got = await ask(house.url, address, { headers: { ...headers, cookie } });
        const what = `${address} ${JSON.stringify(headers)} ${cookie && "between the doors"}`;
        expect(got.body.replaceAll("<wbr/>", ""), what).not.toContain(ada.email);
        expect(got.body, what).not.toContain("Phone 1");
        expect(got.body, what).not.toMatch(/name="(current|factorId|\$ACTION_[^"]*)"/);
      }
    }
  }
});

test("HEAD tells what GET would, without a body, and writes nothing", async ({ house }) => {
  const grace = await moveIn(house);
  const { cookie, id } = await openSessionOf(house, grace);
  const got = await ask(house.url, "/security", {
    method: "HEAD",
    headers: { cookie: cookieLine(house.url, "session", cookie) },
  });
  expect([got.status, got.body]).toEqual([200, ""]);
  expect(await house.sql("SELECT count(*)::int AS count FROM sessions WHERE id = $1", [id])).toEqual([{ count: 1 }]);
});

test.describe("without scripts", () => {
  test.use({ javaScriptEnabled: false });

  test("an address that is not there still shows a page with a way on", async ({ page }) => {
    const answer = await page.goto("/nothing-here");
    expect(answer?.status()).toBe(404);
    await expect(page.getByRole("heading", { level: 1, name: "There is no page here" })).toBeVisible();
    await page.getByRole("link", { name: "Go to the start page" }).click();
    await expect(page).toHaveURL(/\/login$/);
  });
});
