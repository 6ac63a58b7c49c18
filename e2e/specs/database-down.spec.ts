import type { Page } from "@playwright/test";
import pg from "pg";
import { accountScreen } from "@/e2e/screens/account";
import { challengeScreen } from "@/e2e/screens/challenge";
import { loginScreen } from "@/e2e/screens/login";
import { codeNow } from "@/e2e/support/authenticator";
import { cookieLine } from "@/e2e/support/cookies";
import { type DatabaseLine, layLine } from "@/e2e/support/database-line";
import { letIn } from "@/e2e/support/entry";
import { type Asked, everyRoute } from "@/e2e/support/every-route";
import { expect, test } from "@/e2e/support/fixtures";
import { moveIn, openHouse, type Resident, secretOf } from "@/e2e/support/house";
import { ask, filled, formIn, type Got, post } from "@/e2e/support/http";
import { type OwnPortal, withOwnPortal } from "@/e2e/support/own-portal";
import { registerApp } from "@/e2e/support/sdk/apps";
import { sdkClient } from "@/e2e/support/sdk/client";
import { toSecondStep } from "@/e2e/support/sdk/people";
import { encodeMfaToken } from "@/lib/auth/mfa-token";
import { atSecondDoor } from "@/lib/testing/story";

/** A page that needs the database, while it is away: 503 in words, when to try again, no cookie. */
async function isRefused(portal: OwnPortal, path: string, cookie: string) {
  const got = await ask(portal.url, path, { headers: { cookie } });
  expect(got.status, path).toBe(503);
  expect(got.body, path).toContain("We cannot answer right now");
  expect(Number(got.headers["retry-after"]), path).toBeGreaterThan(0);
  expect(got.setCookies, path).toEqual([]);
}

/** The portal has noticed that its database answers again: of what it had open then, something may still break. */
async function isBack(portal: OwnPortal, cookie: string) {
  await expect.poll(async () => (await ask(portal.url, "/security", { headers: { cookie } })).status).toBe(200);
}

/** Runs `story` at a portal whose line to its database can be cut, with somebody who is logged in there. */
async function withLine(page: Page, story: (given: Given) => Promise<void>) {
  const line = await layLine();
  try {
    await withOwnPortal({ databaseAddress: line.addressOf }, async (portal) => {
      const house = openHouse(portal);
      try {
        const person = await moveIn(house, { apps: 1 });
        const { cookie } = await letIn(house, page.context(), person);
        await accountScreen(page).does.open(`${portal.url}/security`);
        await accountScreen(page).sees.isHere();
        await story({ line, portal, person, cookie: cookieLine(house.url, "session", cookie) });
      } finally {
        await house.close();
      }
    });
  } finally {
    await line.close();
  }
}

async function asOwner({ databaseUrl }: OwnPortal, statement: string) {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  await client.query(statement);
  await client.end();
}

type Given = {
  readonly line: DatabaseLine;
  readonly portal: OwnPortal;
  readonly person: Resident;
  readonly cookie: string;
};

/** What no answer says: of statements, of the database's words, of our files. */
const insides =
  /\n\s+at |node_modules|\.mjs|prisma|postgres(?:ql)?:\/\/|ECONN|ENOENT|EPIPE|\b(?:SELECT|INSERT INTO|DELETE FROM) |relation "|42P01/;

/** Asks every route once, four at a time. */
async function answersOf(url: string, routes: readonly Asked[]): Promise<readonly (Got & { readonly name: string })[]> {
  const left = [...routes];
  const answers: (Got & { readonly name: string })[] = [];
  const askOn = async () => {
    for (let route = left.pop(); route !== undefined; route = left.pop())
      answers.push({ name: route.name, ...(await ask(url, route.path, route.sent)) });
  };
  await Promise.all([askOn(), askOn(), askOn(), askOn()]);
  return answers;
}

/** What every route answers while the database is broken: nothing of our insides, and by each fault its reader can name what is in the log. Out: how many faults there were. */
async function tellNothing({ url, env, databaseUrl, dataDir, output }: OwnPortal, routes: readonly Asked[]) {
  const { PORTAL_KEYS = "", AUTH_SECRET = "" } = env;
  const unsaid = [PORTAL_KEYS.slice(4), AUTH_SECRET, databaseUrl, dataDir, process.cwd()];
  const answers = await answersOf(url, routes);
  const faults = answers.filter(({ status }) => status === 500);
  for (const { name, headers, body } of answers) {
    const said = `${JSON.stringify(headers)}\n${body}`;
    expect.soft(said, name).not.toMatch(insides);
    expect
      .soft(
        unsaid.filter((one) => said.includes(one)),
        name,
      )
      .toEqual([]);
  }
  const unnamed = () => {
    const named = [...output().matchAll(/"(?:requestId|digest)":"([\w-]+)"/g)].map(([, id = ""]) => id);
    return faults.filter(({ body }) => !named.some((id) => body.includes(id))).map(({ name }) => name);
  };
  await expect.poll(unnamed).toEqual([]); // a fault is logged after its answer
  return faults.length;
}

/** Every route, asked by somebody who is logged in, at the second door of another login, and in an app. */
async function routesOf({ portal, cookie }: Given): Promise<readonly Asked[]> {
  const house = openHouse(portal);
  const [owner, plain] = [await moveIn(house, { apps: 1 }), await moveIn(house)];
  const { id: appId } = await registerApp(house);
  const { token: user } = await sdkClient(house, { appId }).loginByEmail(plain.email, plain.password);
  const { mfaToken: mfa } = await toSecondStep(sdkClient(house, { appId }), owner);
  const pass = await encodeMfaToken(await atSecondDoor(house.ctx, owner.userId), owner.userId);
  const both = `${cookie}; ${cookieLine(house.url, "second-door", pass)}`;
  await house.close();
  return everyRoute({ url: portal.url, cookie: both, appId, tokens: { user: user ?? "", mfa } });
}

test("a database that is gone: a page that says so, nothing granted, and back by itself; and one without our tables: on no route a word of our insides", async ({
  page,
}) => {
  await withLine(page, async (given) => {
    const { line, portal, person, cookie } = given;
    const login = await ask(portal.url, "/login");
    const values = { identifier: person.email, password: person.password };
    const form = filled(formIn(login.body, 'name="identifier"'), values);
    await line.cut();
    for (const round of ["first", "second"]) {
      const refused = await post(portal.url, "/login", form);
      expect(refused.status, round).toBe(503);
      expect(refused.setCookies, round).toEqual([]);
    }
    for (const path of ["/security", "/security/password", "/login", "/"]) await isRefused(portal, path, cookie);
    const answer = await page.goto(`${portal.url}/security`);
    expect(answer?.status()).toBe(503);

    await line.mend();
    await isBack(portal, cookie);
    await page.getByRole("link", { name: "Try again" }).click();
    const account = accountScreen(page);
    await account.sees.isHere();
    await account.does.logOut();
    await loginScreen(page).does.logIn(person);
    await challengeScreen(page).does.typeCode(codeNow(secretOf(person)));
    await account.sees.isHere();

    const routes = await routesOf(given);
    await asOwner(portal, "ALTER SCHEMA public RENAME TO elsewhere");
    const faults = await tellNothing(portal, routes);
    await asOwner(portal, "ALTER SCHEMA elsewhere RENAME TO public");
    expect(faults).toBeGreaterThan(routes.length / 3);
    await account.does.open(`${portal.url}/security`);
    await account.sees.isHere();
  });
});

test("a database that hangs: the page comes all the same, and the account as soon as it answers", async ({ page }) => {
  await withLine(page, async ({ line, portal, cookie }) => {
    line.silence();
    await isRefused(portal, "/security", cookie);
    await line.mend();
    await isBack(portal, cookie);
    await page.reload();
    await accountScreen(page).sees.isHere();
  });
});
