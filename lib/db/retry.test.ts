import { describe, expect, test, vi } from "vitest";
import { isDatabaseFault } from "@/lib/db/database-fault";
import { coded, faultOf, standStill } from "@/lib/db/losing.kit";
import { isLostTurn, retried } from "@/lib/db/retry";

const byPrisma = (code: string, cause: object = {}) =>
  coded(code, { meta: { driverAdapterError: Object.assign(new Error("DriverAdapterError"), { cause }) } });

describe("which faults", () => {
  test.each([
    ["PostgreSQL's serialization failure", coded("40001")],
    ["PostgreSQL's deadlock", coded("40P01")],
    ["Prisma's word for both", byPrisma("P2034")],
    ["Prisma's word around a statement in SQL", byPrisma("P2010", { originalCode: "40001", kind: "postgres" })],
    ["its driver's word", byPrisma("P2010", { kind: "TransactionWriteConflict" })],
    ["a cause's", new Error("outside", { cause: coded("40001") })],
  ])("%s is a lost turn, and after the last try the database does not answer", (_, fault) => {
    expect([isLostTurn(fault), isDatabaseFault(fault)]).toEqual([true, true]);
  });

  test.each([
    ["a commit of which nobody knows", coded("40003")],
    ["a commit of which nobody knows, around a lost turn", coded("40003", { cause: coded("40001") })],
    ["a line that broke", coded("08006")],
    ["a line that broke while it was told", coded("ECONNRESET", { cause: coded("40001") })],
    ["a line that was closed", byPrisma("P1017")],
    ["a server that is going", coded("57P01")],
    ["the driver's word for a line that ended", new Error("Connection terminated unexpectedly")],
    ["an answer that did not come", new Error("Query read timeout")],
    ["a transaction that is over already", coded("25P02")],
    ["a row that is there already", coded("23505")],
    ["nothing", null],
  ])("%s is none", (_, fault) => expect(isLostTurn(fault)).toBe(false));
});

describe("how often", () => {
  test("those that have lost come one after the other, and one that hangs holds nobody up for long", async () => {
    const under = { way: 0, most: 0 };
    const lostOnce = (work: () => Promise<void>) => {
      let tries = 0;
      return retried(async () => {
        tries += 1;
        if (tries === 1) throw coded("40001");
        under.way += 1;
        under.most = Math.max(under.most, under.way);
        await work();
        under.way -= 1;
      });
    };
    await Promise.all(Array.from({ length: 20 }, () => lostOnce(() => new Promise((go) => setImmediate(go)))));
    expect(under.most).toBe(1);
    let end = () => {};
    const hanging = lostOnce(() => new Promise((go) => (end = go)));
    while (under.way === 0) await new Promise((go) => setImmediate(go));
    await lostOnce(async () => undefined);
    expect(under.most).toBe(2);
    end();
    await hanging;
  });

  test("twelve times, and then the last fault is thrown", async () => {
    standStill();
    const attempt = vi.fn(() => Promise.reject(coded("40001")));
    expect(await faultOf(retried(attempt))).toMatchObject({ code: "40001" });
    expect(attempt).toHaveBeenCalledTimes(12);
  });

  test("no longer than five seconds, however few tries that were", async () => {
    const hour = { now: 1_000 };
    vi.spyOn(performance, "now").mockImplementation(() => hour.now);
    const attempt = vi.fn(async () => {
      hour.now += 900;
      throw coded("40001");
    });
    await faultOf(retried(attempt));
    expect(attempt).toHaveBeenCalledTimes(7); // the seventh loses 5 400 ms after the first
  });

  test("once where it went well, or where the fault is another one", async () => {
    const [well, badly] = [vi.fn(async () => "well"), vi.fn(() => Promise.reject(coded("23505")))];
    expect(await retried(well)).toBe("well");
    await faultOf(retried(badly));
    expect([well, badly].map((each) => each.mock.calls.length)).toEqual([1, 1]);
  });
});
