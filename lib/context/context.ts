import { type Db, type Prisma, poolOf, rawOf } from "@/lib/db/client";
import { type RawDb, type Returning, rawTransaction, runTogether } from "@/lib/db/raw";
import { retried } from "@/lib/db/retry";
import type { Random } from "@/lib/kernel/random";
import type { Language } from "@/lib/messages/words-shape";

/** Who knocks: the address that limits and records use, and what the browser calls itself. */
export type Visitor = {
  readonly ip: string;
  readonly agent: string;
  /** The address is that of an app's own server, which many people share: nothing is counted by it. */
  readonly isShared?: boolean;
};

/** One request, one instant: everything a rule may reach of time, chance, database and world. */
export type Ctx = {
  readonly now: Date;
  readonly random: Random;
  readonly db: Db;
  readonly visitor: Visitor;
  /** What the visitor reads. */
  readonly language: Language;
  readonly requestId: string | null;
  /** Runs `act` once what was written is safely there: at once outside a transaction, after the commit inside one. */
  readonly afterCommit: (act: () => void) => void;
  /** Only inside a transaction: adds a part to its last statement, which is made when everything else is done. See `lastly`. */
  readonly beforeCommit?: (part: LastPart) => void;
};

type LastPart = () => Prisma.Sql | Returning;

/**
 * Runs `work` in one transaction (whatever isolation the database has by default) and hands it a context that writes there.
 * The first statement of `work` is a conditional write that decides; nothing slow and no network inside.
 * A throw rolls everything back and is passed on. A transaction that lost against another one is run again from its beginning: `work` changes nothing
 * outside `tx`. Inside an open transaction it joins that one.
 */
export function inTransaction<T>(ctx: Ctx, work: (tx: Ctx) => Promise<T>): Promise<T> {
  const { db } = ctx;
  if (!("$transaction" in db)) return work(ctx);
  return committed(ctx, (run) => db.$transaction((tx) => run(tx, (later) => work({ ...ctx, db: tx, ...later }))));
}

/** A context whose database speaks SQL only. Every `Ctx` is one too. */
export type RawCtx = Omit<Ctx, "db"> & { readonly db: RawDb };

/** The tagged templates of a context, by the shortest way. For stores. */
export const sql = (ctx: RawCtx): RawDb => rawOf(ctx.db);

/**
 * The same as `inTransaction` for the hottest paths: `work` may use only statements in SQL, and costs a third.
 * Inside an open transaction it joins that one.
 */
export function inShortTransaction<T>(ctx: RawCtx, work: (tx: RawCtx) => Promise<T>): Promise<T> {
  const pool = poolOf(ctx.db);
  if (pool === null) return work(ctx);
  return committed(ctx, (run) => rawTransaction(pool, (tx) => run(tx, (later) => work({ ...ctx, db: tx, ...later }))));
}

type Later = Pick<Ctx, "afterCommit" | "beforeCommit">;
type Run<T> = (db: RawDb, work: (later: Later) => Promise<T>) => Promise<T>;

/** Tries a transaction until it is not lost against another one. What waits for its commit, and its last statement, belong to one try. */
async function committed<T>(ctx: RawCtx, attempt: (run: Run<T>) => Promise<T>): Promise<T> {
  let acts: (() => void)[] = [];
  const result = await retried(() => {
    acts = [];
    return attempt((db, work) =>
      withLastStatement(db, (beforeCommit) => work({ afterCommit: (act) => acts.push(act), beforeCommit })),
    );
  });
  for (const act of acts) ctx.afterCommit(act);
  return result;
}

/**
 * Writes what nothing else of the transaction waits for (events, counters that are reset) together with its like, as the last statement
 * before the commit: one round trip for all of it. Outside a transaction it is written at once. No two parts may write the same row.
 */
export async function lastly(ctx: RawCtx, part: LastPart): Promise<void> {
  if (ctx.beforeCommit) ctx.beforeCommit(part);
  else await runTogether(sql(ctx), [part()]);
}

async function withLastStatement<T>(
  db: RawDb,
  work: (beforeCommit: (part: LastPart) => void) => Promise<T>,
): Promise<T> {
  const parts: LastPart[] = [];
  const done = await work((part) => parts.push(part));
  const made = parts.map((part) => part());
  if (made.length > 0) await runTogether(db, made);
  return done;
}
