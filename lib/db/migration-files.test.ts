import { join } from "node:path";
import { expect, test } from "vitest";
import { type Migration, readMigrations } from "@/lib/db/migration-files";
import { isOlder, ownVersion, readVersion, type Version } from "@/lib/kernel/version";

/** The first version that reads floors; what was applied until then was met by portals that know none. */
const firstReaders: Version = [0, 2, 0];
const lastWithout = "0014_several_portals";

/** Why a migration leaves open which portals can live on its schema; null: it says. */
function leftOpen({ name, sql, floor }: Migration): string | null {
  if (name <= lastWithout) return null;
  const [first = ""] = sql.split("\n", 1);
  if (floor === null)
    return /^-- no floor: \S.{20,}/.test(first)
      ? null
      : `${name} begins with neither "-- floor: VERSION" nor "-- no floor: WHY"`;
  const version = readVersion(floor) ?? firstReaders;
  if (isOlder(version, firstReaders)) return `${name} names ${floor}, which reads no floors`;
  return isOlder(ownVersion(), version) ? `${name} names ${floor}, which is not out yet` : null;
}

test("every migration says whether older portals can live on its schema, and from which version on", async () => {
  const migrations = await readMigrations(join(process.cwd(), "prisma", "migrations"));
  expect(migrations.length).toBeGreaterThan(13);
  expect(migrations.flatMap((migration) => leftOpen(migration) ?? [])).toEqual([]);
});

test.each([
  ["-- CreateTable\nCREATE TABLE x (n int);", null, "neither"],
  ["-- no floor: because\nDROP TABLE x;", null, "neither"],
  ["-- floor: 0.1.9\nSELECT 1;", "0.1.9", "reads no floors"],
  ["-- floor: 999.0.0\nSELECT 1;", "999.0.0", "is not out yet"],
])("and that is seen: %j", (sql, floor, why) => {
  expect(leftOpen({ name: "0099_x", sql, checksum: "", floor })).toContain(why);
});

test.each([
  ["-- floor: 0.2.0\nSELECT 1;", "0.2.0"],
  ["-- no floor: older portals write a column that this one drops\nSELECT 1;", null],
])("%j is an answer", (sql, floor) => {
  expect(leftOpen({ name: "0099_x", sql, checksum: "", floor })).toBeNull();
});
