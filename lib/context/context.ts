import type { Db } from "@/lib/db/client";
import type { Random } from "@/lib/kernel/random";

/** Who knocks: the address that limits and records use, and what the browser calls itself. */
export type Visitor = { readonly ip: string; readonly agent: string };

/** One request, one instant: everything a rule may reach of time, chance, database and world. */
export type Ctx = {
  readonly now: Date;
  readonly random: Random;
  readonly db: Db;
  readonly visitor: Visitor;
  readonly requestId: string | null;
  /** Runs `act` once what was written is safely there: at once outside a transaction, after the commit inside one. */
  readonly afterCommit: (act: () => void) => void;
  /** Only inside a transaction: runs `act` as its last statements, so that several rows of one kind can be written as one. */
  readonly beforeCommit?: (act: () => Promise<void>) => void;
};

/**
 * Runs `work` in one transaction (PostgreSQL's default isolation) and hands it a context that writes there.
 * The first statement of `work` is a conditional write that decides; nothing slow and no network inside.
 * A throw rolls everything back and is passed on. Inside an open transaction it joins that one.
 */
export async function inTransaction<T>(ctx: Ctx, work: (tx: Ctx) => Promise<T>): Promise<T> {
  if (!("$transaction" in ctx.db)) return work(ctx);
  const acts: (() => void)[] = [];
  const result = await ctx.db.$transaction(async (db) => {
    const last: (() => Promise<void>)[] = [];
    const done = await work({ ...ctx, db, afterCommit: (act) => acts.push(act), beforeCommit: (act) => last.push(act) });
    for (const act of last) await act();
    return done;
  });
  for (const act of acts) ctx.afterCommit(act);
  return result;
}
