import { type Db, poolOf, rawOf } from "@/lib/db/client";
import { type RawDb, rawTransaction } from "@/lib/db/raw";
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
  const result = await ctx.db.$transaction((db) =>
    lastStatements((beforeCommit) => work({ ...ctx, db, afterCommit: (act) => acts.push(act), beforeCommit })),
  );
  for (const act of acts) ctx.afterCommit(act);
  return result;
}

/** A context whose database speaks SQL only. Every `Ctx` is one too. */
export type RawCtx = Omit<Ctx, "db"> & { readonly db: RawDb };

/** The tagged templates of a context, by the shortest way. For stores. */
export const sql = (ctx: RawCtx): RawDb => rawOf(ctx.db);

/**
 * The same as `inTransaction` for the hottest paths: `work` may use only statements in SQL, and costs a third.
 * Inside an open transaction it joins that one.
 */
export async function inShortTransaction<T>(ctx: RawCtx, work: (tx: RawCtx) => Promise<T>): Promise<T> {
  const pool = poolOf(ctx.db);
  if (pool === null) return work(ctx);
  const acts: (() => void)[] = [];
  const result = await rawTransaction(pool, (db) => {
    return lastStatements((beforeCommit) => work({ ...ctx, db, afterCommit: (act) => acts.push(act), beforeCommit }));
  });
  for (const act of acts) ctx.afterCommit(act);
  return result;
}

/** Runs `work`, then what it asked to be done before the commit. */
async function lastStatements<T>(work: (beforeCommit: (act: () => Promise<void>) => void) => Promise<T>): Promise<T> {
  const last: (() => Promise<void>)[] = [];
  const done = await work((act) => last.push(act));
  for (const act of last) await act();
  return done;
}
