import pg from "pg";
import { afterAll } from "vitest";
import { withPatientClient } from "@/lib/backup/patient-client";
import { isRefusal, type RefusalId } from "@/lib/backup/refusal";
import { type Restored, restoreBackup } from "@/lib/backup/restore-backup";
import { writeBackup } from "@/lib/backup/write-backup";
import type { Ctx } from "@/lib/context/context";
import type { Keyring } from "@/lib/crypto/keyring";
import { openDatabase } from "@/lib/db/client";
import type { Clock } from "@/lib/kernel/clock";
import { testContext } from "@/lib/testing/test-context";
import { type TestDatabase, testDatabase } from "@/lib/testing/test-database";

/** A backup of the house at `url`, in memory. */
export async function backupOf(ctx: Ctx, url: string, ring?: Keyring): Promise<Buffer> {
  const { now, random } = ctx;
  return withPatientClient(url, async (client) =>
    all(writeBackup({ client, now, random, ...(ring && { ring }) }).bytes),
  );
}

export async function all(bytes: AsyncIterable<Buffer>): Promise<Buffer> {
  const pieces: Buffer[] = [];
  for await (const piece of bytes) pieces.push(piece);
  return Buffer.concat(pieces);
}

/** The bytes as a file or a pipe gives them: in pieces that have nothing to do with what is in them. */
export async function* inOddPieces(bytes: Buffer, size = 1_000): AsyncGenerator<Buffer> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

type Wishes = { readonly ring?: Keyring; readonly newPasswords?: boolean; readonly folder?: string };

/** Brings a backup back at `url`, at the moment of `ctx`. */
export function restoreInto(ctx: Ctx, url: string, bytes: Buffer, wishes: Wishes = {}): Promise<Restored> {
  return restoreBackup({
    url,
    folder: "prisma/migrations",
    source: inOddPieces(bytes),
    newPasswords: false,
    contextOn: (db) => ({ ...ctx, now: ctx.now, db }),
    say: () => undefined,
    ...wishes,
  });
}

/** Places to restore into, one for each call: a house that was started and that nobody has moved into; or, `bare`, a database in which there is nothing at all. They go with the test file. */
export function emptyPlaces(): (bare?: boolean) => Promise<string> {
  const places: TestDatabase[] = [];
  afterAll(() => Promise.all(places.map((place) => place.drop())));
  return async (bare = false) => {
    const place = await testDatabase();
    places.push(place);
    if (bare) await asked(place.url, "DROP SCHEMA public CASCADE", "CREATE SCHEMA public");
    return place.url;
  };
}

/** Work in the house at `url`, at the hour of `clock`. */
export async function inHouse<T>(url: string, clock: Clock, work: (ctx: Ctx) => Promise<T>): Promise<T> {
  const db = openDatabase(url, 4);
  try {
    return await work(testContext({ db, clock }));
  } finally {
    await db.$disconnect();
  }
}

/** The id of the refusal that `doing` ends in. A success or any other fault is a failure of the test. */
export async function refusalIn(doing: Promise<unknown>): Promise<RefusalId> {
  try {
    await doing;
  } catch (fault) {
    if (isRefusal(fault)) return fault.refusal;
    throw fault;
  }
  throw new Error("It was not refused.");
}

/** The rows that some statements give at `url`. */
export async function asked(url: string, ...statements: readonly string[]): Promise<unknown[][]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const answers: unknown[][] = [];
    for (const statement of statements) answers.push((await client.query(statement)).rows);
    return answers;
  } finally {
    await client.end();
  }
}

/** Of what no restore changes: how many rows there are, and a sum over all of them as text. */
export const sumsOf = (url: string) =>
  asked(
    url,
    ...[
      "(SELECT id, email, username, phone, is_admin, password_hash, password_changed_at, created_at, policy FROM users)",
      "(SELECT to_jsonb(f) - 'last_step' FROM factors f WHERE state = 'ACTIVE')",
      "(SELECT * FROM security_events WHERE name NOT IN ('portal.restored', 'pending.refused'))",
      "notice_addresses",
      "email_changes",
      "buckets",
      "apps",
      "key_checks",
      "index_keys",
      "first_run",
    ].map((rows) => `SELECT count(*), md5(string_agg(t::text, '|' ORDER BY t::text)) FROM ${rows} t`),
  );

/** Moves `count` people in with one statement, each with a factor, an event and a counter: texts with every sign that COPY writes otherwise. */
export const fillTown = (url: string, count: number) =>
  asked(
    url,
    `INSERT INTO users (id, email, is_admin, password_hash, created_at, password_changed_at, policy)
     SELECT 'town' || n, 'town-' || n || '@example.test', false, E'v1.one.\\\\\\t\\n\\r' || n, now(), now(), jsonb_build_object('a', E'\\\\N ' || n) FROM generate_series(1, ${count}) n`,
    `INSERT INTO factors (id, user_id, kind, state, label, secret, created_at, confirmed_at)
     SELECT 'f' || n, 'town' || n, 'totp', 'ACTIVE', E'手机\\t\\\\. ' || n, NULL, now(), now() FROM generate_series(1, ${count}) n`,
    `INSERT INTO security_events (at, name, result, subject_id, ip, agent, meta)
     SELECT now() - make_interval(secs => n), 'session.opened', 'ok', 'town' || n, '192.0.2.1', '', '{}' FROM generate_series(1, ${count}) n`,
    `INSERT INTO buckets (key, fails, orphans, window_start, updated_at) SELECT 'town|' || n, n, 0, now(), now() FROM generate_series(1, ${count}) n`,
  );
