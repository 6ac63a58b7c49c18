import { join } from "node:path";
import pg from "pg";
import { openDatabase } from "@/lib/db/client";
import { sendingSettings } from "@/lib/testing/letters";
import type { Held, Older } from "@/lib/testing/older/held";
import { everybodyLogsIn } from "@/lib/testing/older/log-in";
import { countRows, migrateToday, migrateUpTo, readRows } from "@/lib/testing/older/rows";
import { testContext } from "@/lib/testing/test-context";
import { setSettings } from "@/lib/testing/test-settings";

/** What today's version makes of a database that an older one filled. */
export type Moved = {
  readonly before: Readonly<Record<string, number>>;
  readonly after: Readonly<Record<string, number>>;
  readonly heard: Readonly<Record<string, string>>;
};

/** Today's migrations on what lies there, then everybody who lives there. */
export async function moveToday(root: string, url: string, held: Held): Promise<Moved> {
  const before = await countRows(url);
  await migrateToday(url, join(root, "prisma", "migrations"));
  const after = await countRows(url);
  setSettings(sendingSettings);
  const db = openDatabase(url, 4);
  const clock = { at: held.now, now: () => new Date(clock.at) };
  try {
    const heard = await everybodyLogsIn(testContext({ db, clock }), held, (seconds) => {
      clock.at += seconds * 1_000;
    });
    return { before, after, heard };
  } finally {
    await db.$disconnect();
  }
}

type Fill = (url: string) => Promise<Held>;
type Version = Pick<Older, "commit" | "upTo">;

/** Has an older version fill an empty database of a server. Out: where it lies, and everything that is in it. */
export async function fillOlder(root: string, server: string, { commit, upTo }: Version, fill: Fill) {
  const name = `older_${commit}`;
  const client = new pg.Client({ connectionString: server });
  await client.connect();
  await client.query(`CREATE DATABASE ${name}`);
  await client.end();
  const url = server.replace("/postgres?", `/${name}?`);
  await migrateUpTo(url, join(root, "prisma", "migrations"), upTo);
  const held = await fill(url);
  return { url, older: { commit, upTo, held, rows: await readRows(url) } };
}
