import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { keyUses } from "@/lib/crypto/keyring";
import { markdownTable, withPart } from "@/lib/testing/written-parts";

const place = join(import.meta.dirname, "../../docs/security/keys.md");

test("docs/security/keys.md names every use of a key", async () => {
  const rows = Object.entries(keyUses).map(([use, { what, boundTo }]) => [`\`${use}\``, what, boundTo]);
  const table = markdownTable(["use", "seals or authenticates", "bound to (associated data)"], rows);
  await expect(withPart(readFileSync(place, "utf8"), "key uses", table)).toMatchFileSnapshot(place);
});
