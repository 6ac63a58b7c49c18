import { cp, mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { asked, backupOf, emptyPlaces, restoreInto } from "@/lib/backup/backup.kit";
import { migrate } from "@/lib/db/migrate";
import { openHouse } from "@/lib/testing/story";

const house = openHouse();
const emptyPlace = emptyPlaces();
const migrations = "prisma/migrations";

/** A database on the schema of before the migration `next`. */
async function housesBefore(next: string): Promise<string> {
  const url = await emptyPlace(true);
  const folder = await mkdtemp(join(tmpdir(), "older-"));
  for (const name of await readdir(migrations))
    if (name < next) await cp(join(migrations, name), join(folder, name), { recursive: true });
  await migrate(url, folder, () => undefined);
  await rm(folder, { recursive: true });
  return url;
}

test("a backup of before restores were vouched for comes back, and neither its restores nor this one are", async () => {
  const older = await housesBefore("0028");
  await asked(
    older,
    "INSERT INTO users (id, email, is_admin, created_at) VALUES ('ada', 'ada@example.test', false, now())",
    "INSERT INTO restores (id, restored_at, set_back_to, version) VALUES ('then', now(), now(), '0.2.0')",
  );
  const url = await emptyPlace();
  const restored = await restoreInto(house.ctx, url, await backupOf(house.ctx, older));
  expect(restored).toMatchObject({ people: 1, migrated: expect.arrayContaining(["0028_restores_vouched"]) });
  expect(await asked(url, "SELECT vouched_at FROM restores")).toEqual([[{ vouched_at: null }, { vouched_at: null }]]);
});
