import { afterAll, beforeAll, expect, test } from "vitest";
import { withPlace } from "@/lib/cli/bare-place";
import { withDatabase } from "@/lib/cli/with-database";
import { type TestDatabase, testDatabase } from "@/lib/testing/test-database";
import { setSettings } from "@/lib/testing/test-settings";

const databases: TestDatabase[] = [];
beforeAll(async () => {
  for (const _ of ["ours", "another house's"]) databases.push(await testDatabase());
  const [DATABASE_URL = "", DATABASE_DIRECT_URL = ""] = databases.map(({ url }) => url);
  setSettings({ DATABASE_URL, DATABASE_DIRECT_URL });
});
afterAll(async () => {
  setSettings({ DATABASE_URL: "", DATABASE_DIRECT_URL: "" });
  for (const database of databases) await database.drop();
});

const silent = () => undefined;
const never = () => Promise.reject(new Error("This is another house."));

test("a slip in DATABASE_DIRECT_URL lets no command begin: it would back another house up", async () => {
  await expect(withDatabase(process.cwd(), silent, never)).rejects.toThrow(/^DATABASE_DIRECT_URL leads to another/);
});

test("nor a restore: it would fill another database than the one that the portal opens", async () => {
  await expect(withPlace(process.cwd())(silent, never)).rejects.toThrow(
    /^DATABASE_DIRECT_URL .* Nothing was changed\.$/,
  );
});
