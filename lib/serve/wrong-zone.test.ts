import { afterEach, beforeEach, expect, test } from "vitest";
import { config } from "@/lib/config/config";
import { connectAlone } from "@/lib/db/driver-settings";
import { migrateWhenReachable } from "@/lib/serve/migrate-when-reachable";
import { startLine } from "@/lib/testing/spoken-line";
import { type TestDatabase, testDatabase } from "@/lib/testing/test-database";
import { forgetSettings, setSettings } from "@/lib/testing/test-settings";

let place: TestDatabase;
beforeEach(async () => {
  place = await testDatabase();
});
afterEach(async () => {
  forgetSettings();
  await place.drop();
});

/** What a start does before it lets anybody in: it looks at the way to its database, then migrates and reads what is stored. */
async function begin(url: string): Promise<void> {
  forgetSettings();
  setSettings({ DATABASE_URL: url });
  await migrateWhenReachable(process.cwd(), config(), () => undefined);
}

test("a start whose database answers in another zone, whatever it is asked for, is refused in a sentence, and nothing is written", async () => {
  const line = await startLine(place.url, (said) => said.replace("TimeZone = 'UTC'", "TimeZone = 'EST'"));
  const client = await connectAlone(place.url, { connectionTimeoutMillis: 3_000 });
  try {
    await expect(begin(line.url)).rejects.toThrow(
      /^The database answers in the time zone EST .* DATABASE_URL past it\.$/,
    );
    expect((await client.query("SELECT count(*)::int AS count FROM index_keys")).rows).toEqual([{ count: 0 }]);
  } finally {
    await client.end();
    await line.stop();
  }
});

test("a start on a database of another zone, locale and search path goes on, because each connection says what it needs", async () => {
  const client = await connectAlone(place.url, { connectionTimeoutMillis: 3_000 });
  try {
    const name = new URL(place.url).pathname.slice(1);
    for (const setting of [
      "TimeZone = 'Asia/Tokyo'",
      "DateStyle = 'SQL, DMY'",
      "lc_messages = 'C'",
      "search_path = public, pg_catalog",
    ])
      await client.query(`ALTER DATABASE ${name} SET ${setting}`);
    await begin(place.url);
    expect((await client.query("SELECT count(*) > 0 AS made FROM index_keys")).rows).toEqual([{ made: true }]);
  } finally {
    await client.end();
  }
});
