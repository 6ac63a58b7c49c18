import { AsyncLocalStorage } from "node:async_hooks";
import pg from "pg";
import type { House } from "@/lib/testing/histories/house";

/** Of what is done for one act: whether its last commit was lost, so that the next one is kept. */
type Turn = { wasLost: boolean };

const turns = new AsyncLocalStorage<Turn>();
const tally = { lost: 0 };
let isSet = false;

/**
 * A house whose every transaction is lost once, at its commit, in the words of a database where somebody else was first: it is undone, and the house runs it
 * again. Whatever the work of a transaction leaves behind outside the database is there twice then, and the model hears of it.
 */
export function losing(house: House): House {
  if (!isSet) standBefore();
  isSet = true;
  const lost = <T>(work: () => Promise<T>): Promise<T> => turns.run({ wasLost: false }, work);
  return {
    ...house,
    moveIn: (world, beginning) => lost(() => house.moveIn(world, beginning)),
    play: (world, act) => lost(() => house.play(world, act)),
  };
}

/** How many commits were lost so far. */
export const lostCommits = (): number => tally.lost;

/** Stands before every connection of this process: a COMMIT of an act undoes instead, and the next one of that act is let through. */
function standBefore(): void {
  const { query } = pg.Client.prototype;
  Reflect.set(pg.Client.prototype, "query", function (this: pg.Client, ...given: readonly unknown[]) {
    const turn = turns.getStore();
    if (turn === undefined || textOf(given[0]) !== "COMMIT") return Reflect.apply(query, this, given);
    turn.wasLost = !turn.wasLost;
    if (!turn.wasLost) return Reflect.apply(query, this, given);
    tally.lost += 1;
    return this.query("ROLLBACK").then(() => Promise.reject(lostTurn()));
  });
}

const textOf = (statement: unknown): unknown =>
  typeof statement === "object" && statement !== null && "text" in statement ? statement.text : statement;

/** As PostgreSQL says it. */
function lostTurn(): Error {
  const words = "could not serialize access due to read/write dependencies among transactions";
  return Object.assign(new pg.DatabaseError(words, words.length, "error"), { severity: "ERROR", code: "40001" });
}
