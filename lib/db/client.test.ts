import { expect, test } from "vitest";
import { inShortTransaction, sql } from "@/lib/context/context";
import { openHouse } from "@/lib/testing/story";

const house = openHouse();

/** Ends every other connection to this house's database, as when the server is killed. */
async function cutEveryOther(): Promise<void> {
  await house.db.$executeRaw`
    SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()`;
}

test("a connection that is lost in the middle of a transaction is an error of that transaction, and the process lives on", async () => {
  const faults: unknown[] = [];
  const note = (fault: unknown) => faults.push(fault);
  process.on("uncaughtException", note);
  const cut = inShortTransaction(house.ctx, async (tx) => {
    await sql(tx).$executeRaw`INSERT INTO key_checks (key_id, sealed) VALUES ('lost', 'x')`;
    await cutEveryOther();
    await new Promise((resolve) => setImmediate(resolve));
    await sql(tx).$executeRaw`UPDATE key_checks SET sealed = 'y'`;
  });
  await expect(cut).rejects.toThrow();
  process.off("uncaughtException", note);
  expect(faults).toEqual([]);
  expect(await house.db.keyCheck.count()).toBe(0);
});
