import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { floors } from "@/lib/testing/floor-plan";
import { readSources } from "@/lib/testing/source-files";
import { oneRoomWritesATable, tableOf, tableOwners, writesOf } from "@/lib/testing/table-owners";
import { markdownTable, withPart } from "@/lib/testing/written-parts";

const root = process.cwd();
const place = join(root, "docs/ownership.md");
const schema = readFileSync(join(root, "prisma/schema.prisma"), "utf8");
const models = [...schema.matchAll(/^model (\w+) \{[^}]*?@@map\("(\w+)"\)/gm)].map(([, model = "", table = ""]) => ({
  model: model.charAt(0).toLowerCase() + model.slice(1),
  table,
}));

test("every table of the schema has one owner, and nothing else has", () => {
  expect(models.length).toBe(schema.match(/^model /gm)?.length);
  expect(Object.keys(tableOwners).sort()).toEqual(models.map(({ table }) => table).sort());
  expect(Object.values(tableOwners).filter((room) => !floors.includes(room))).toEqual([]);
});

test("a model is taken for the table that it is", () => {
  expect(models.map(({ model }) => tableOf(model))).toEqual(models.map(({ table }) => table));
});

test.each([
  ["a lock", "lib/users/store.ts", "SELECT id FROM sessions WHERE id = $1 FOR NO KEY UPDATE"],
  ["a join", "lib/users/store.ts", "UPDATE users u SET id = u.id FROM sessions s WHERE s.user_id = u.id"],
  [
    "an insert that goes on with an update",
    "lib/letters/store.ts",
    "INSERT INTO letters (id) ON CONFLICT (id) DO UPDATE SET repeats = 1",
  ],
  ["something else that is updated", "lib/users/a.ts", "createHash('sha256').update(text); jar.delete(name);"],
])("%s in another room is no write", (_, path, text) => {
  expect(oneRoomWritesATable(new Map([[path, text]]))).toEqual([]);
});

test("docs/ownership.md says who writes what", async () => {
  const writes = writesOf(readSources(root, ["lib"])).filter(({ path }) => !path.startsWith("lib/testing/"));
  const rows = Object.entries(tableOwners).map(([table, room]) => {
    const places = writes.filter((write) => write.table === table).map(({ path }) => `\`${path}\``);
    return [table, `\`lib/${room}\``, places.sort().join(", ")];
  });
  expect(rows.filter(([, , places]) => places === "")).toEqual([]);
  const table = markdownTable(["table", "its room", "written in"], rows);
  await expect(withPart(readFileSync(place, "utf8"), "owners", table)).toMatchFileSnapshot(place);
});
