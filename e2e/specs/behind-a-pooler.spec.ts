import { join } from "node:path";
import { codeNow } from "@/e2e/support/authenticator";
import { command } from "@/e2e/support/command-line";
import { expect, test } from "@/e2e/support/fixtures";
import { openHouse } from "@/e2e/support/house";
import { lettersTo } from "@/e2e/support/mailbox";
import { plainBrowser } from "@/e2e/support/plain-browser";
import { type PooledPortal, withPooledPortal } from "@/e2e/support/pooled-portal";
import { sealEvents } from "@/lib/audit/seals/seal-events";
import { ensure } from "@/lib/kernel/assert";
import { sweep } from "@/lib/sweep/sweep";
import { pgbouncer } from "@/lib/testing/pooler";

const ada = { email: "ada@example.test", username: "ada", password: "a bridge over nine calm otters" } as const;

/** Somebody without scripts at such a portal. */
function visit({ url, port }: PooledPortal) {
  const browser = plainBrowser(url, "127.0.0.1");
  return {
    open: (path: string) => browser.open(port, path),
    submit: (page: Parameters<typeof browser.submit>[1], mark: string, values: Readonly<Record<string, string>> = {}) =>
      browser.submit(port, page, mark, values),
  };
}

type Guest = ReturnType<typeof visit>;

/** The printed link, an app, the codes. Out: the app's secret. */
async function setUp({ setupLink }: PooledPortal, { open, submit }: Guest): Promise<string> {
  ensure(setupLink, "a portal without accounts prints its set-up link");
  const { pathname, search } = new URL(setupLink);
  const enrolment = await submit(await open(pathname + search), 'name="username"', ada);
  expect(enrolment.path).toBe("/enrol/totp");
  const secret = enrolment.body.match(/secret=([A-Z2-7]+)/)?.[1];
  ensure(secret, "the page shows the secret");
  const codes = await submit(enrolment, 'name="code"', { code: codeNow(secret) });
  expect(codes.path).toBe("/security/recovery-codes/once");
  const home = await submit(codes, "I have saved these codes");
  expect(home.path).toContain("/security");
  expect((await submit(home, "Log out")).path).toContain("/login");
  return secret;
}

/** By password and the app's next code. */
async function logIn({ open, submit }: Guest, secret: string): Promise<void> {
  const challenge = await submit(await open("/login"), 'name="identifier"', {
    identifier: ada.username,
    password: ada.password,
  });
  expect(challenge.path).toContain("/challenge");
  const home = await submit(challenge, 'name="code"', { code: codeNow(secret, 1) });
  expect(home).toMatchObject({ status: 200, path: "/security" });
}

const file = "/security/data/account.json";

/** Asks for the data, which waits; the portal tells it by letter, counts the wait and, once that is over, does it. */
async function waitForTheData(portal: PooledPortal, { open, submit }: Guest): Promise<void> {
  const house = openHouse(portal);
  const states = () => house.sql("SELECT state, due_at IS NOT NULL AS counts FROM pending_changes");
  try {
    const asked = await submit(await open("/security/data"), "Ask for my data");
    expect(asked.body).toContain("Waiting: Download all data.");
    expect((await open(file)).path).toBe("/security/data");
    await expect.poll(states).toEqual([{ state: "WAITING", counts: true }]);
    expect(await lettersTo(house, ada.email)).not.toEqual([]);
    await house.sql("UPDATE pending_changes SET told_at = now(), due_at = now()");
    await expect.poll(states).toEqual([{ state: "DONE", counts: true }]);
    const data = await open(file);
    expect(JSON.parse(data.body)).toMatchObject({ account: { email: ada.email } });
    const ctx = { ...house.ctx, db: portal.db, now: new Date() };
    await sealEvents(ctx);
    await sweep(ctx);
  } finally {
    await house.close();
  }
}

/** What the doctor finds is not about the database, its record or another portal, but for what is true of any server of tests; a backup is made and opens. */
async function lookAfterIt(portal: PooledPortal): Promise<void> {
  const file = join(portal.dataDir, "one.backup");
  const [doctor, made] = await Promise.all([
    command(portal, "--json", "doctor"),
    command(portal, "--json", "backup", file),
  ]);
  const ids = [...doctor.output.matchAll(/"id":\s*"([\w.]+)"/g)].map(([, id = ""]) => id);
  const about = ids.filter((id) => /^(?:database|migrations|keys|portals|clocks|record|doctor)\./.test(id));
  expect(about).toEqual(["database.forgets"]); // a server that is thrown away writes nothing to a disk
  expect(made).toMatchObject({ code: 0, complaint: "" });
  expect(await command(portal, "--json", "backup", "verify", file)).toMatchObject({ code: 0 });
}

for (const mode of ["session", "transaction"] as const) {
  test(`behind PgBouncer in ${mode} mode: set-up, both doors, a change that waits, housework, the doctor and a backup`, async () => {
    test.skip(pgbouncer === null, 'PgBouncer is not installed ("apt-get install pgbouncer")');
    test.setTimeout(240_000); // seven processes begin for it
    const settings = { SECOND_FACTOR_KINDS: "totp" };
    await withPooledPortal(mode, settings, async (portal) => {
      const guest = visit(portal);
      await logIn(guest, await setUp(portal, guest));
      await waitForTheData(portal, guest);
      await lookAfterIt(portal);
      expect(portal.output()).not.toMatch(/"level":"(?:error|alarm)"/);
    });
  });
}
