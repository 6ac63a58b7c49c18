import { openDatabase } from "@/lib/db/client";
import { fixedClock } from "@/lib/kernel/clock";
import { DomainError } from "@/lib/kernel/errors";
import { type Course, raceSettings } from "@/lib/testing/races/race";
import { races } from "@/lib/testing/races/races";
import { testContext } from "@/lib/testing/test-context";
import { setSettings } from "@/lib/testing/test-settings";

/** From the starter: get ready for a round, then go. */
export type Order =
  | {
      readonly kind: "ready";
      readonly race: string;
      readonly round: number;
      readonly now: string;
      readonly course: Course;
      readonly indices: readonly number[];
    }
  | { readonly kind: "go" }
  | { readonly kind: "stop" };

/** To the starter: at the line, then how it went. `faults` are errors that no person may cause. */
export type Report =
  | { readonly kind: "set" }
  | {
      readonly kind: "done";
      readonly pid: number;
      readonly attempts: number;
      readonly won: number;
      readonly refusals: readonly string[];
      readonly faults: readonly string[];
    };

/** Runs one of the two processes: it takes orders from the process that forked it until it is told to stop. `named`: whether statements may have names on its way to the database. */
export function race(url: string, named: boolean): void {
  setSettings(raceSettings);
  const db = openDatabase(url, 16, named);
  const waiting: { run: (() => Promise<Report>) | null } = { run: null };
  const tell = (report: Report) => process.send?.(report);
  process.on("message", (order: Order) => {
    if (order.kind === "ready") {
      waiting.run = () => runRound(db, order);
      tell({ kind: "set" });
    } else if (order.kind === "go") void waiting.run?.().then(tell);
    else void db.$disconnect().then(() => process.disconnect());
  });
}

async function runRound(
  db: ReturnType<typeof openDatabase>,
  order: Extract<Order, { kind: "ready" }>,
): Promise<Report> {
  const chosen = races.find(({ name }) => name === order.race);
  if (!chosen) throw new Error(`There is no race ${order.race}.`);
  const clock = fixedClock(new Date(order.now));
  const outcomes = await Promise.allSettled(
    order.indices.map((index) =>
      chosen.attempt(
        testContext({ db, clock, ip: `10.${order.round % 256}.${index}.${1 + (order.round >> 8)}` }),
        order.course,
        index,
      ),
    ),
  );
  const errors: unknown[] = outcomes.flatMap((outcome) => (outcome.status === "rejected" ? [outcome.reason] : []));
  return {
    kind: "done",
    pid: process.pid,
    attempts: outcomes.length,
    won: outcomes.filter((outcome) => outcome.status === "fulfilled" && outcome.value).length,
    refusals: errors.flatMap((error) => (error instanceof DomainError ? [error.id] : [])),
    faults: errors.flatMap((error) => (error instanceof DomainError ? [] : [String(error)])),
  };
}
