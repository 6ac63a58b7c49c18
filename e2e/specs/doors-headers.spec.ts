import { codeNow } from "@/e2e/support/authenticator";
import { cookieLine, cookieName } from "@/e2e/support/cookies";
import { openPages } from "@/e2e/support/doors";
import { openSessionOf } from "@/e2e/support/entry";
import { expect, test } from "@/e2e/support/fixtures";
import { moveIn, secretOf } from "@/e2e/support/house";
import { ask, cookieIn, filled, formIn, post } from "@/e2e/support/http";

const pages = [...openPages, "/", "/security"];

test("every page has a policy with a nonce of its own, and nothing is kept", async ({ house }) => {
  for (const path of pages) {
    const [one, two] = [await ask(house.url, path), await ask(house.url, path)];
    const policy = String(one.headers["content-security-policy"]);
    expect(policy, path).toContain("default-src 'none'");
    expect(policy, path).not.toMatch(/unsafe-inline|unsafe-eval|https?:|\*/);
    expect(policy, path).not.toBe(two.headers["content-security-policy"]);
    expect(one.headers, path).toMatchObject({
      "cache-control": "no-store",
      "x-content-type-options": "nosniff",
      "x-frame-options": "DENY",
      "referrer-policy": "same-origin",
      "cross-origin-opener-policy": "same-origin",
    });
    expect(one.headers["x-powered-by"], path).toBeUndefined();
    const nonce = policy.match(/'nonce-([^']+)'/)?.[1] ?? "";
    const scripts = one.body.match(/<script[^>]*>/g) ?? [];
    expect(
      scripts.filter((tag) => !tag.includes(`nonce="${nonce}"`)),
      path,
    ).toEqual([]);
    expect(one.body, path).not.toMatch(/ on[a-z]+="| style="/);
  }
});

test("a call that wants another protocol is answered as an ordinary one, through the same doors", async ({ house }) => {
  await ask(house.url, "/login"); // whoever listens for upgrades has begun by then
  const headers = { connection: "Upgrade", upgrade: "websocket", "sec-websocket-version": "13" };
  for (const path of ["/login", "/_next/hmr", "/nothing-here"]) {
    const { status, headers: got } = await ask(house.url, path, { headers });
    expect(status, path).toBe(path === "/login" ? 200 : 404);
    expect(got, path).toMatchObject({ "x-frame-options": "DENY", "x-content-type-options": "nosniff" });
  }
});

test("no page makes the browser complain about its policy", async ({ page, guest }) => {
  const ada = await guest({ apps: 1, codes: true });
  await page.addInitScript(() => {
    document.addEventListener("securitypolicyviolation", (event) =>
      console.error(`refused: ${event.violatedDirective}`),
    );
  });
  const own = [
    "/security",
    "/security/password",
    "/security/recovery-codes",
    "/security/factors/new",
    `/security/factors/${ada.factorIds[0]}`,
  ];
  for (const path of [...own, ...pages]) await page.goto(path);
});

test("the cookies of both doors are pinned to this host, out of reach of scripts and of other sites", async ({
  house,
  address,
}) => {
  const grace = await moveIn(house, { apps: 1, codes: true });
  const from = { "x-forwarded-for": address };
  const login = await ask(house.url, "/login", { headers: from });
  const entered = await post(
    house.url,
    "/login",
    filled(formIn(login.body, 'name="identifier"'), { identifier: grace.email, password: grace.password }),
    from,
  );
  const [second] = entered.setCookies.filter((line) => line.startsWith(`${cookieName(house.url, "second-door")}=`));
  expect(second).toMatch(/Path=\/;/);
  expect(second).toMatch(/Max-Age=960;/);
  expect(second).toContain("HttpOnly");
  expect(second?.toLowerCase()).toContain("samesite=strict");
  expect(cookieIn(entered, "session")).toBeNull();

  const cookie = cookieLine(house.url, "second-door", cookieIn(entered, "second-door") ?? "");
  const challenge = await ask(house.url, "/challenge/totp", { headers: { ...from, cookie } });
  const answer = filled(formIn(challenge.body, 'name="code"'), { code: codeNow(secretOf(grace)) });
  const opened = await post(house.url, "/challenge/totp", answer, { ...from, cookie });
  const lasting = opened.setCookies.filter((line) => !/Max-Age=0/i.test(line)).map((line) => line.split("=")[0]);
  expect(lasting.sort()).toEqual([cookieName(house.url, "known-device"), cookieName(house.url, "session")]);
  for (const line of opened.setCookies) {
    expect(line).toMatch(/^p\d+-[\s\S]*Path=\//);
    expect(line).not.toMatch(/Domain=/i);
    expect(line).toContain("HttpOnly");
    expect(line).not.toMatch(/secure/i); // plain http, where Safari would drop it
    expect(line.toLowerCase()).toMatch(/samesite=(lax|strict)/);
  }
  expect(opened.headers.location ?? opened.status).toBe("/security");
});

test("logging out takes the session's cookie back and clears what the browser stored", async ({ house }) => {
  const alan = await moveIn(house);
  const { cookie: session } = await openSessionOf(house, alan);
  const cookie = cookieLine(house.url, "session", session);
  const page = await ask(house.url, "/security", { headers: { cookie } });
  const got = await post(house.url, "/security", formIn(page.body, "Log out"), { cookie });
  expect(got.headers["clear-site-data"]).toBe('"cache", "storage"');
  expect(got.setCookies.find((line) => line.startsWith(`${cookieName(house.url, "session")}=`))).toMatch(
    /Max-Age=0|Expires=Thu, 01 Jan 1970/,
  );
});
