import { existsSync } from "node:fs";
import { expect, test } from "vitest";
import { consumed, consumedIn, consumedIsRefunded } from "@/lib/testing/lost-for-ever/consumed";
import { readSources } from "@/lib/testing/source-files";

const house = readSources(process.cwd(), ["lib", "app", "components"]);
const looked = (path: string, text: string) => consumedIsRefunded(new Map([[path, text]]));

test("whatever is consumed outside a transaction is refunded where a fault of ours ends what it was consumed for", () => {
  expect(consumedIsRefunded(house)).toEqual([]);
  expect(consumedIn(house)).toEqual(Object.keys(consumed).sort());
  const shown = Object.values(consumed).flatMap((one) =>
    typeof one === "object" && "shownBy" in one ? one.shownBy : [],
  );
  expect(shown.filter((path) => !existsSync(path))).toEqual([]);
});

test("one that nobody refunds is found, and one inside a transaction is none", () => {
  const known = "lib/unlocks/open-unlock.ts";
  expect(looked(known, "const waiting = await consumeCodeTry(ctx, hash);")).toHaveLength(1);
  expect(looked(known, "const waiting = await consumeCodeTry(ctx, hash); await refundCodeTry(ctx, id);")).toEqual([]);
  expect(looked("lib/users/a.ts", 'await consumeTry(\n  ctx,\n  "reset.code", of);')).toHaveLength(1);
  expect(looked("lib/users/a.ts", 'return consumingTry(ctx, { rule: "reset.code", of }, work);')).toHaveLength(1);
  expect(looked("lib/users/a.ts", "await consumeWindowTry(tx, key, rule);")).toEqual([]);
});
