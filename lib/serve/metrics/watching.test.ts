import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { type Family, families } from "@/lib/serve/metrics/families";
import { markdownTable, withPart } from "@/lib/testing/written-parts";

const place = join(import.meta.dirname, "../../../docs/watching.md");

test("docs/watching.md names everything that is told, with its labels", async () => {
  const rows = Object.entries<Family>(families).map(([name, { help, labels }]) => [
    `\`${name}\``,
    help,
    Object.keys(labels)
      .map((label) => `\`${label}\``)
      .join(", ") || "–",
  ]);
  const table = markdownTable(["name", "what it tells", "labels"], rows);
  await expect(withPart(readFileSync(place, "utf8"), "metrics", table)).toMatchFileSnapshot(place);
});
