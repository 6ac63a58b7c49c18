import { expect, test } from "vitest";
import { asked } from "@/lib/backup/backup.kit";
import { inOrderOfKeys } from "@/lib/backup/order-of-keys";
import { keptTables, tables } from "@/lib/backup/tables";
import { openHouse } from "@/lib/testing/story";
import { tableOwners } from "@/lib/testing/table-owners";

const house = openHouse();

test("of every table of the schema it is decided whether a backup holds it", () => {
  expect(Object.keys(tables).sort()).toEqual(Object.keys(tableOwners).sort());
});

test("no column is computed by the database: COPY could not put it back", async () => {
  const generated = `SELECT attrelid::regclass::text AS "table", attname FROM pg_attribute JOIN pg_class c ON c.oid = attrelid
    WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r' AND attnum > 0 AND (attgenerated <> '' OR attidentity = 'a')`;
  expect(await asked(house.url, generated)).toEqual([[]]);
});

test("migrations leave no row in a table that a backup holds: two of one name could not both be there", async () => {
  const counts = await asked(house.url, ...keptTables.map((name) => `SELECT count(*)::int AS rows FROM "${name}"`));
  expect(counts.flat()).toEqual(keptTables.map(() => ({ rows: 0 })));
});

test("a table comes after those that its rows name, and names decide between the others", () => {
  const keys = [
    { from: "a", to: "c" },
    { from: "c", to: "b" },
    { from: "b", to: "b" },
  ];
  expect(inOrderOfKeys(["d", "a", "c", "b"], keys)).toEqual(["b", "c", "a", "d"]);
  expect(() =>
    inOrderOfKeys(
      ["a", "b"],
      [
        { from: "a", to: "b" },
        { from: "b", to: "a" },
      ],
    ),
  ).toThrow("in a circle");
});
