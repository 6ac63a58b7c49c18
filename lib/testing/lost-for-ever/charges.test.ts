import { existsSync } from "node:fs";
import { expect, test } from "vitest";
import { charges, chargesAreGivenBack, chargesIn } from "@/lib/testing/lost-for-ever/charges";
import { readSources } from "@/lib/testing/source-files";

const house = readSources(process.cwd(), ["lib", "app", "components"]);
const looked = (path: string, text: string) => chargesAreGivenBack(new Map([[path, text]]));

test("every charge outside a transaction is given back where a fault of ours ends what it was made for", () => {
  expect(chargesAreGivenBack(house)).toEqual([]);
  expect(chargesIn(house)).toEqual(Object.keys(charges).sort());
  const shown = Object.values(charges).flatMap((one) =>
    typeof one === "object" && "shownBy" in one ? one.shownBy : [],
  );
  expect(shown.filter((path) => !existsSync(path))).toEqual([]);
});

test("one that nobody gives back is found, and one inside a transaction is none", () => {
  const known = "lib/unlocks/open-unlock.ts";
  expect(looked(known, "const waiting = await consumeCodeTry(ctx, hash);")).toHaveLength(1);
  expect(looked(known, "const waiting = await consumeCodeTry(ctx, hash); await refundCodeTry(ctx, id);")).toEqual([]);
  expect(looked("lib/users/a.ts", 'await consumeTry(\n  ctx,\n  "reset.code", of);')).toHaveLength(1);
  expect(looked("lib/users/a.ts", 'return consumingTry(ctx, { rule: "reset.code", of }, work);')).toHaveLength(1);
  expect(looked("lib/users/a.ts", "await consumeWindowTry(tx, key, rule);")).toEqual([]);
});
