import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { expected, lostIn } from "@/lib/testing/older/expected";
import { type Older, olderShape } from "@/lib/testing/older/held";
import { emptyUpTo, pour } from "@/lib/testing/older/rows";
import { type Moved, moveToday } from "@/lib/testing/older/run-older";
import { type TestDatabase, testDatabase } from "@/lib/testing/test-database";
import { forgetSettings } from "@/lib/testing/test-settings";

/** What the version before tables were parted among rooms filled by its own use-cases; `npm run older:house -- --keep` makes it again. */
const older: Older = olderShape.parse(
  JSON.parse(readFileSync(join(import.meta.dirname, "../testing/older/house.json"), "utf8")),
);

let database: TestDatabase;
let moved: Moved;

beforeAll(async () => {
  database = await testDatabase();
  await emptyUpTo(database.url, join(process.cwd(), "prisma", "migrations"), older.upTo);
  await pour(database.url, older.rows);
  moved = await moveToday(process.cwd(), database.url, older.held);
});
afterAll(async () => {
  await database.drop();
  forgetSettings();
});

test("everybody who lived in the older house logs in to today's, and what was spent stays spent", () => {
  expect(moved.heard).toEqual(expected);
});

test("not a row is lost", () => {
  const filled = Object.entries(moved.before).flatMap(([name, count]) => (count > 0 ? [name] : []));
  expect(filled.length).toBeGreaterThan(10);
  expect(lostIn(moved.before, moved.after)).toEqual([]);
});

test("a row that is lost is told", () => {
  const less = { ...moved.after, one_time_links: (moved.after.one_time_links ?? 0) - 1, devices: 0 };
  expect(lostIn(moved.before, less).map((line) => line.split(":")[0])).toEqual(["one_time_codes", "trusted_devices"]);
});
