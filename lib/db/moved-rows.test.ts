import { cp, mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { acceptInvitation, readInvitation } from "@/lib/account/accept-invitation";
import { containAccount } from "@/lib/account/contain-account";
import { readAlarm } from "@/lib/account/read-alarm";
import { sha256 } from "@/lib/crypto/digest";
import { openDatabase } from "@/lib/db/client";
import { migrate } from "@/lib/db/migrate";
import { readMigrations } from "@/lib/db/migration-files";
import { listLiveCodes } from "@/lib/factors/sent-code/store";
import { readSpentLink } from "@/lib/links/spent-link";
import { recognise } from "@/lib/sessions/devices/known-device";
import { findLiveSession } from "@/lib/sessions/store";
import { refused } from "@/lib/testing/story";
import { monday, testContext } from "@/lib/testing/test-context";
import { type TestDatabase, testDatabase } from "@/lib/testing/test-database";
import { bucketKey } from "@/lib/throttle/bucket";
import { findBucket } from "@/lib/throttle/store";
import { claimFirstRefusal } from "@/lib/throttle/windows/store";

/** The last migration of the version before links and devices had tables of their own. */
const before = "0006_first_run";
const migrations = join(process.cwd(), "prisma", "migrations");
const silent = () => undefined;

const token = (prefix: string, letter: string) => prefix + letter.repeat(43);
const tokens = {
  open: token("inv_", "a"),
  used: token("alm_", "b"),
  expired: token("set_", "c"),
  alarm: token("alm_", "d"),
  device: token("dev_", "e"),
  session: token("ses_", "f"),
};

const at = (days: number) => `'${new Date(monday.getTime() + days * 86_400_000).toISOString()}'`;
const [yesterday, now, tomorrow] = [at(-1), at(0), at(1)];

/** A row of every table, as the version before wrote them. */
const rows = `
INSERT INTO users (id, email, is_admin, password_hash, created_at) VALUES ('ada', 'ada@example.test', true, 'sealed', ${yesterday}),
  ('bob', 'bob@example.test', false, NULL, ${yesterday});
INSERT INTO first_run (id, ended_at) VALUES (1, ${yesterday});
INSERT INTO sessions (id, token_hash, user_id, challenge_id, credential_version, amr, aal, auth_time, proven_at, proven_with, device_id, ip, agent, created_at, last_seen_at, expires_at)
  VALUES ('s', '${sha256(tokens.session)}', 'ada', 'c', 1, '{pwd}', 1, ${now}, ${now}, 'password', 'd', '', '', ${now}, ${now}, ${tomorrow});
INSERT INTO sessions (id, token_hash, user_id, challenge_id, lane, credential_version, amr, aal, auth_time, proven_at, proven_with, ip, agent, created_at, last_seen_at, expires_at)
  VALUES ('a', 'hash', 'ada', 'b', 'app', 1, '{pwd}', 1, ${now}, ${now}, 'password', '', '', ${now}, ${now}, ${tomorrow});
INSERT INTO factors (id, user_id, kind, state, label, created_at) VALUES ('f', 'ada', 'sms', 'ACTIVE', 'Phone', ${yesterday});
INSERT INTO recovery_codes (id, user_id, set_id, salt, hash, format, position, created_at) VALUES ('r', 'ada', 'set', 'salt', 'sealed', 'groups', 1, ${yesterday});
INSERT INTO challenges (id, user_id, token_hash, purpose, state, lane, attempts_left, credential_version, return_to, created_at, expires_at)
  VALUES ('c', 'ada', 'hash', 'LOGIN', 'OPEN', 'portal', 5, 1, '/', ${now}, ${tomorrow});
INSERT INTO one_time_codes (id, purpose, hash, user_id, challenge_id, factor_id, credential_version, created_at, expires_at, consumed_at) VALUES
  ('open', 'invitation', '${sha256(tokens.open)}', 'bob', NULL, NULL, 1, ${yesterday}, ${tomorrow}, NULL),
  ('used', 'alarm.device', '${sha256(tokens.used)}', 'ada', 'c', NULL, 1, ${yesterday}, ${tomorrow}, ${yesterday}),
  ('alarm', 'alarm.second_step', '${sha256(tokens.alarm)}', 'ada', 'c', NULL, 1, ${now}, ${tomorrow}, NULL),
  ('expired', 'setup', '${sha256(tokens.expired)}', NULL, NULL, NULL, NULL, ${yesterday}, ${yesterday}, NULL),
  ('code', 'login:sms', 'mac', 'ada', 'c', 'f', NULL, ${now}, ${tomorrow}, NULL);
INSERT INTO trusted_devices (id, token_hash, user_id, credential_version, agent, created_at, last_used_at, expires_at)
  VALUES ('d', '${sha256(tokens.device)}', 'ada', 1, '', ${yesterday}, ${now}, ${tomorrow});
INSERT INTO security_events (at, name, result, ip, agent, meta) VALUES (${yesterday}, 'account.created', 'ok', '', '', '{}');
INSERT INTO buckets (key, fails, orphans, window_start, updated_at) VALUES ('address.near:x', 30, 1, ${now}, ${now}),
  ('address.near:y', 30, 0, ${now}, ${now}), ('factor.totp:ada', 3, 17, ${now}, ${now}), ('password.untrusted:ada', 2, 2, ${now}, ${now});
INSERT INTO letters (id, channel, kind, lane, address, language, created_at, not_before) VALUES ('l', 'mail', 'code', 'x', 'x', 'en', ${now}, ${now});
INSERT INTO channel_proofs (channel, fingerprint, proven_at) VALUES ('mail', 'x', ${now});
INSERT INTO apps (id, name, unmasked, demands, is_default, created_at) VALUES ('app', 'App', false, false, true, ${now});
INSERT INTO password_keys (id, public_key, secret, created_at) VALUES ('k', 'x', 'sealed', ${now});
INSERT INTO key_checks (key_id, sealed) VALUES ('k1', 'sealed');
INSERT INTO finished_steps (name, finished_at) VALUES ('step', ${now});`;

let database: TestDatabase;
let db: ReturnType<typeof openDatabase>;
let counts: Record<string, number>;
const ctx = () => testContext({ db });

async function asBefore(url: string): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), "migrations-"));
  const names = (await readdir(migrations)).filter((name) => name <= before);
  for (const name of names) await cp(join(migrations, name), join(folder, name), { recursive: true });
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query("DROP SCHEMA public CASCADE; CREATE SCHEMA public");
  await migrate(url, folder, silent);
  await client.query(rows);
  counts = await countAll(client);
  await client.end();
  await rm(folder, { recursive: true });
}

async function countAll(client: pg.Client): Promise<Record<string, number>> {
  const { rows: tables } = await client.query<{ name: string }>(
    "SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public' AND tablename <> '_prisma_migrations'",
  );
  const found: Record<string, number> = {};
  for (const { name } of tables) {
    const { rows: counted } = await client.query<{ count: number }>(`SELECT count(*)::int AS count FROM ${name}`);
    found[name] = counted[0]?.count ?? 0;
  }
  return found;
}

beforeAll(async () => {
  database = await testDatabase();
  await asBefore(database.url);
  await migrate(database.url, migrations, silent);
  db = openDatabase(database.url, 4);
});

afterAll(async () => {
  await db.$disconnect();
  await database.drop();
});

test("not a row is lost: links and codes part, the devices' table has another name", async () => {
  expect(Object.values(counts).filter((count) => count === 0)).toEqual([]);
  const client = new pg.Client({ connectionString: database.url });
  await client.connect();
  const { trusted_devices: devices, one_time_codes: mixed, ...others } = counts;
  const floors = (await readMigrations(migrations)).filter(({ floor }) => floor !== null).length;
  const later = {
    pending_changes: 0,
    unlocks: 0,
    notice_addresses: 0,
    contact_proofs: 0,
    email_changes: 0,
    spent_answers: 0,
  };
  const copied = { backups: 0, restores: 0, event_seals: 0 };
  const added = { turns: 2, portals: 0, index_keys: 0, migration_floors: floors, ...later, ...copied };
  const parted = { devices, one_time_codes: 1, one_time_links: (mixed ?? 0) - 1 };
  expect(await countAll(client)).toEqual({ ...others, ...parted, ...added });
  await client.end();
});

test("a login and a session belong to the client that they were opened through", async () => {
  const clients = { select: { id: true, clientId: true }, orderBy: { id: "asc" } } as const;
  expect(await db.session.findMany(clients)).toEqual([
    { id: "a", clientId: "app" },
    { id: "s", clientId: "portal" },
  ]);
  expect(await db.challenge.findMany(clients)).toEqual([{ id: "c", clientId: "portal" }]);
});

test("a letter that waits keeps its place", async () => {
  expect(await db.letter.findMany()).toMatchObject([{ id: "l", queue: "x", sentAt: null }]);
});

test("a code that was sent may still be typed", async () => {
  const of = { purpose: "login:sms", userId: "ada", challengeId: "c" };
  expect(await listLiveCodes(ctx(), of)).toEqual([{ id: "code", hash: "mac", factorId: "f" }]);
});

test("whoever is in stays in, and a known device is known", async () => {
  expect(await findLiveSession(ctx(), sha256(tokens.session))).toMatchObject({ id: "s", deviceId: "d" });
  const knocker = await recognise(ctx(), { identifier: "ada@example.test" }, tokens.device);
  expect(knocker).toMatchObject({ deviceId: "d", account: { id: "ada" } });
});

test("a window that was found full is not told of again; what is counted for a binding's life stays", async () => {
  expect(await claimFirstRefusal(ctx(), "address.near:x")).toBe(false);
  expect(await claimFirstRefusal(ctx(), "address.near:y")).toBe(true);
  expect(await findBucket(ctx(), bucketKey("factor.totp", "ada"))).toMatchObject({ fails: 3, orphans: 17 });
  expect(await findBucket(ctx(), bucketKey("password.strangers", "ada"))).toMatchObject({ fails: 2, orphans: 2 });
});

describe("a link that was printed or sent before", () => {
  test("says what became of it when it is over", async () => {
    expect(await readAlarm(ctx(), tokens.used)).toEqual({ state: "used" });
    expect(await readSpentLink(ctx(), tokens.expired, "setup")).toEqual({ why: "expired", userId: null });
  });

  test("opens once when it was open", async () => {
    expect(await readInvitation(ctx(), tokens.open)).toMatchObject({ email: "bob@example.test" });
    const password = "eleven patient otters at dusk";
    await acceptInvitation(ctx(), { token: tokens.open, password });
    expect(await refused(acceptInvitation(ctx(), { token: tokens.open, password }))).toBe("setup.link_over");
  });

  test("contains the account that its alarm is about", async () => {
    expect(await readAlarm(ctx(), tokens.alarm)).toMatchObject({ state: "open", kind: "second_step.wrong" });
    await containAccount(ctx(), { token: tokens.alarm });
    expect(await db.user.findUnique({ where: { id: "ada" } })).toMatchObject({ passwordHash: null });
    expect(await findLiveSession(ctx(), sha256(tokens.session))).toBeNull();
  });
});
