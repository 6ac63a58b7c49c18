import pg from "pg";
import { accountScreen } from "@/e2e/screens/account";
import { loginScreen } from "@/e2e/screens/login";
import { untilAwake } from "@/e2e/support/awake";
import { type LoginForm, loginFormOf, openPages } from "@/e2e/support/doors";
import { expect, test } from "@/e2e/support/fixtures";
import { ask, type Got, post } from "@/e2e/support/http";
import { formType, type OddCall, oddCalls, oddForms, part, wholeForm } from "@/e2e/support/odd-calls";
import { type OwnPortal, withOwnPortal } from "@/e2e/support/own-portal";
import { ensure } from "@/lib/kernel/assert";

/** Pages of every kind: open ones, private ones, ones with a token in their address, nobody's, and files. */
const pages = [
  ...openPages,
  ...["/", "/challenge", "/challenge/totp", "/challenge/start", "/enrol", "/enrol/totp"],
  ...["/security", "/security/password", "/security/recovery-codes", "/security/factors/new", "/security/factors/x"],
  ...["/reset-password/new", "/brand-logo", "/_next/static/x.js"],
];
const apiPaths = ["/graphql/v2", "/api/v2/mfa/totp/verify", "/api/v2/upload", "/api/v2/none", "/api/v2"];

function send(
  url: string,
  path: string,
  { type, body }: OddCall,
  more: Readonly<Record<string, string>> = {},
): Promise<Got> {
  const length = { "content-length": String(Buffer.byteLength(body)) };
  const headers = { origin: url, ...(type === null ? {} : { "content-type": type }), ...length, ...more };
  return ask(url, path, { method: "POST", headers, body });
}

const scripted = (action: string) => ({ "next-action": action, accept: "text/x-component" });

/** Runs `story` and looks whether anything was written, or anything said that sounds like a fault. */
async function unmoved(story: (portal: OwnPortal, login: LoginForm) => Promise<void>): Promise<void> {
  await withOwnPortal({}, async (portal) => {
    const login = await loginFormOf(portal.url);
    const before = await rowsOf(portal);
    const said = portal.output().length;
    await story(portal, login);
    expect(await rowsOf(portal)).toEqual(before);
    const heard = portal
      .output()
      .slice(said)
      .trim()
      .split("\n")
      .filter((line) => line !== "");
    expect(heard.filter((line) => !/^\{"at":"[^"]+","level":"info",/.test(line))).toEqual([]);
    expect(heard.length).toBeLessThanOrEqual(20);
    expect((await ask(portal.url, "/login")).status).toBe(200);
    expect(portal.hasEnded()).toBe(false);
  });
}

/** How much stands in the tables that an anonymous visitor could move. */
async function rowsOf({ databaseUrl }: OwnPortal): Promise<unknown> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  const { rows } = await client.query(
    "SELECT (SELECT count(*) FROM buckets) AS buckets, (SELECT count(*) FROM challenges) AS challenges, (SELECT count(*) FROM security_events) AS events",
  );
  await client.end();
  return rows;
}

test("a call of an action that no page of ours makes is not understood, and nothing is done", async () => {
  await unmoved(async ({ url }, { action }) => {
    for (const [what, call] of Object.entries(oddCalls())) {
      const got = await send(url, "/login", call, scripted(action));
      expect([got.status, got.headers["content-type"], got.body], what).toEqual([
        ...[400, "text/plain"],
        "Something in it got lost on the way. Go back, reload the page and try again.\n",
      ]);
    }
  });
});

test("a form without scripts whose action cannot be read gets a page that says what to do, in both languages", async () => {
  await unmoved(async ({ url }, { form }) => {
    for (const [what, call] of Object.entries(oddForms(form))) {
      const got = await send(url, "/login", call);
      expect([got.status, got.body.includes("<h1>That request was not understood</h1>")], what).toEqual([400, true]);
      const chinese = await send(url, "/login", call, { "accept-language": "zh-CN" });
      expect([chinese.status, chinese.body.includes("<h1>无法理解这个请求</h1>")], what).toEqual([400, true]);
    }
  });
});

test("so it is at every address, with each of the ways to say it", async () => {
  await unmoved(async ({ url }, { action }) => {
    const calls = oddCalls();
    for (const what of ["as text: {", 'as a form: ["$F1"]', "in a circle", "no body", "no type"]) {
      const call = calls[what];
      ensure(call, `there is a call ${what}`);
      for (const path of pages) {
        expect((await send(url, path, call, scripted(action))).status, `${what} at ${path}`).toBe(400);
      }
      for (const path of apiPaths) {
        const got = await send(url, path, call, scripted(action));
        expect([got.status, got.body.includes('"code":400')], `${what} at ${path}`).toEqual([200, true]);
      }
    }
  });
});

test("an action of another build is told as one, with scripts and without", async () => {
  await unmoved(async ({ url }, { form }) => {
    const id = "7".repeat(42);
    const call = {
      type: formType,
      body: wholeForm(part("_1_identifier", "a"), part("0", '[{"status":"idle"},"$K1"]')),
    };
    const got = await send(url, "/login", call, scripted(id));
    expect([got.status, got.headers["x-nextjs-action-not-found"]]).toEqual([409, "1"]);
    const older = form.map(([name, value]) => [name, String(value).replace(/[0-9a-f]{42}/, id)] as const);
    for (const fields of [older, [[`$ACTION_ID_${id}`, ""]] as const]) {
      const page = await post(url, "/login", fields);
      expect([page.status, page.body.includes("<h1>This page is out of date</h1>")]).toEqual([409, true]);
    }
  });
});

const tooDeep = `["",${'{"children":["",'.repeat(250)}{}${"]}".repeat(250)}]`;
const states = ["garbage", "%", "%5B%5D", "null", encodeURIComponent(tooDeep)];
const oddHeaders: readonly Readonly<Record<string, string>>[] = [
  ...["2", "1, 1", ""].map((rsc) => ({ rsc })),
  ...["7", "1", "2"].map((prefetch) => ({ rsc: "1", "next-router-prefetch": prefetch })),
  ...["/_tree", "x/../%", "__proto__"].map((segment) => ({
    rsc: "1",
    "next-router-prefetch": "1",
    "next-router-segment-prefetch": segment,
  })),
  { rsc: "1", "next-url": "http://[" },
  { rsc: "1", "next-hmr-refresh": "1" },
  { "next-action": "x" },
];

test("odd headers of the framework's own are no fault of ours either", async () => {
  await unmoved(async ({ url }, { action }) => {
    const call = { type: formType, body: wholeForm(part("0", '["$K1"]')) };
    for (const path of ["/login", "/nothing-here", "/security"]) {
      for (const state of states) {
        const headers = { rsc: "1", "next-router-state-tree": state };
        expect((await ask(url, path, { headers })).status, `${path} ${state.slice(0, 20)}`).toBe(400);
        expect((await send(url, path, call, { ...scripted(action), ...headers })).status).toBe(400);
      }
      for (const headers of oddHeaders) {
        const got = await ask(url, path, { headers });
        const { location } = got.headers;
        const led = got.status === 307 && location ? await ask(url, location.replace(url, ""), { headers }) : got;
        expect(led.status, `${path} ${JSON.stringify(headers)}`).toBeLessThan(500);
      }
    }
    for (const id of ["toString", `${action}, ${action}`, `${action}0`, "GG".repeat(21)])
      expect((await send(url, "/login", call, scripted(id))).status, id).toBe(400);
  });
});

test("somebody whose page is from before an update reads that, and gets in from the new one", async ({
  browser,
  house,
  person,
  address,
}) => {
  const ada = await person();
  const headers = { "x-forwarded-for": address };
  // not the story's own browser: React tells this one's console what it has caught
  const context = await browser.newContext({ baseURL: house.url, extraHTTPHeaders: headers });
  const page = await context.newPage();
  await page.goto("/login");
  await untilAwake(page); // before that a press is a plain POST, without that header
  const older = { "next-action": "7".repeat(42) };
  await page.route("**/login", (route) => route.continue({ headers: { ...route.request().headers(), ...older } }), {
    times: 1,
  });
  await loginScreen(page).does.logIn(ada);
  await expect(page.getByRole("alert").filter({ hasText: "The portal was updated" })).toBeVisible();
  await page.getByRole("link", { name: "Load the page again" }).click();
  await loginScreen(page).does.logIn(ada);
  await accountScreen(page).sees.isHere();
  await context.close();
});
