import pg from "pg";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { countedApart } from "@/lib/account/delete-account";
import { sweepSeals } from "@/lib/audit/seals/store";
import { sweepEvents } from "@/lib/audit/store";
import { inTransaction } from "@/lib/context/context";
import { dropUnsent } from "@/lib/letters/drop-unsent";
import { sweep } from "@/lib/sweep/sweep";
import { openHouse } from "@/lib/testing/story";
import { deleteCountersOf } from "@/lib/throttle/store";

const house = openHouse();
let own: pg.Client;

beforeEach(async () => {
  own = new pg.Client({ connectionString: house.url });
  await own.connect();
});
afterEach(() => own.end());

type Statement = { readonly text: string; readonly values: readonly unknown[] };
const isStatement = (given: unknown): given is Statement =>
  typeof given === "object" &&
  given !== null &&
  "text" in given &&
  "values" in given &&
  given.text !== "BEGIN" &&
  given.text !== "COMMIT";

test("every sweeper finds its rows by an index, and so do the ends of an account and of what letters were to tell: none reads a whole table", async () => {
  const asked = vi.spyOn(pg.Client.prototype, "query");
  await sweep(house.ctx);
  await sweepEvents(house.ctx, 1n, 10); // these two only where a seal vouches for it, and this house has none
  await sweepSeals(house.ctx, 1n, 10);
  await deleteCountersOf(house.ctx, "nobody", countedApart);
  await inTransaction(house.ctx, (tx) => dropUnsent(tx, "nothing"));
  const statements = asked.mock.calls.map(([given]: readonly unknown[]) => given).filter(isStatement);
  asked.mockRestore();
  expect(statements.length).toBeGreaterThanOrEqual(15);
  await own.query("SET enable_seqscan = off"); // tables of tests are small: read whole only where nothing else serves
  for (const { text, values } of statements) {
    const [, table = ""] = text.match(/^\s*(?:DELETE FROM|UPDATE) (\w+)/) ?? text.match(/\bFROM (\w+)/) ?? [];
    const { rows } = await own.query<{ "QUERY PLAN": string }>(`EXPLAIN ${text}`, [...values]);
    const whole = rows.filter((row) => row["QUERY PLAN"].includes(`Seq Scan on ${table}`));
    expect({ table, whole }).toEqual({ table: expect.stringMatching(/^\w+$/), whole: [] });
  }
});
