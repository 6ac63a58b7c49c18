import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { events } from "@/lib/audit/events";
import { readSources } from "@/lib/testing/source-files";
import { markdownTable, withPart } from "@/lib/testing/written-parts";

const place = join(import.meta.dirname, "../../docs/security/events.md");

test("docs/security/events.md names every event, how it went, what it means and what it carries", async () => {
  const rows = Object.entries(events).map(([name, { results, means, carries }]) => [
    `\`${name}\``,
    inCode(results),
    means,
    inCode(carries),
  ]);
  const table = markdownTable(["event", "result", "what happened", "carries"], rows);
  await expect(withPart(readFileSync(place, "utf8"), "events", table)).toMatchFileSnapshot(place);
});

test("and every other line that the portal logs", () => {
  const page = readFileSync(place, "utf8");
  const missing = [...new Set(loggedNames())].filter((name) => !page.includes(`\`${name}\``));
  expect(missing).toEqual([]);
});

const inCode = (words: readonly string[]): string => words.map((word) => `\`${word}\``).join(", ") || "–";

/** Names that stand in a call of `logLine`. */
function loggedNames(): string[] {
  const texts = [...readSources(join(import.meta.dirname, "../.."), ["lib", "app"]).values()];
  return texts
    .flatMap((text) => [...text.matchAll(/logLine\([^;]*;/g)].map(([call]) => call))
    .flatMap((call) => [...call.matchAll(/"([a-z-]+\.[a-z_]+)"/g)].map(([, name = ""]) => name));
}
