import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { sha256 } from "@/lib/crypto/digest";
import { readVersion } from "@/lib/kernel/version";

/**
 * One migration as it lies in the checkout. `floor`: the oldest version of the portal that can live on the schema behind it (backward compatibility);
 * null where none can.
 */
export type Migration = {
  readonly name: string;
  readonly sql: string;
  readonly checksum: string;
  readonly floor: string | null;
};

/**
 * The migrations in `folder` (`<name>/migration.sql`), in the order of their names. Throws an Error for whoever wrote one whose first line means to be
 * a floor and is none: read as nothing it would lock older portals out, and nobody could mend it once it is applied.
 */
export async function readMigrations(folder: string): Promise<Migration[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  const names = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
  return Promise.all(
    names.sort().map(async (name) => {
      const sql = await readFile(join(folder, name, "migration.sql"), "utf8");
      const checksum = Buffer.from(sha256(sql), "base64url").toString("hex");
      return { name, sql, checksum, floor: floorIn(name, sql) };
    }),
  );
}

function floorIn(name: string, sql: string): string | null {
  const [first = ""] = sql.split("\n", 1);
  if (!/^--[ \t]*floor\b/i.test(first)) return null;
  const floor = /^-- floor: (\S{1,32})$/.exec(first)?.[1] ?? "";
  if (readVersion(floor) === null)
    throw new Error(
      `The migration ${name} begins with a floor that is no version. Write "-- floor: 0.2.0", the oldest version of the portal that can live on its schema, or "-- no floor: WHY".`,
    );
  return floor;
}
