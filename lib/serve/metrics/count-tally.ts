import { faultLine } from "@/lib/kernel/fault-line";
import { logLine } from "@/lib/kernel/log";
import type { Tally, UnjudgedTry } from "@/lib/kernel/tally";
import { countEvent } from "@/lib/serve/metrics/count-event";
import type { Metrics } from "@/lib/serve/metrics/registry";

type Count = Pick<Metrics, "count" | "move" | "time">;

/** Counts for `metrics` what is tallied in this process, from now on. Returns how to stop. A fault of the counting is a line of the log, once, and nobody's answer. */
export function countTallies(metrics: Count): () => void {
  let isTold = false;
  const count = (one: Tally) => {
    try {
      countOne(metrics, one);
    } catch (fault) {
      metrics.count("sallyport_metrics_faults_total");
      if (!isTold) logLine("error", "metrics.not_counted", { what: one.what, ...faultLine(fault) });
      isTold = true;
    }
  };
  globalThis.sallyportTally = count;
  return () => {
    if (globalThis.sallyportTally === count) globalThis.sallyportTally = undefined;
  };
}

function countOne(metrics: Count, one: Tally): void {
  if (one.what === "event") countEvent(metrics, one);
  else if (one.what === "hashing") countHashing(metrics, one);
  else if (one.what === "counter full") metrics.count("sallyport_counters_full_total", { counter: one.counter });
  else if (one.what === "unjudged") countUnjudged(metrics, one);
  else if (one.what === "letter")
    metrics.count("sallyport_letters_carried_total", { channel: one.channel, outcome: one.outcome });
  else metrics.count("sallyport_database_lost_turns_total", { end: one.isLast ? "given_up" : "again" });
}

function countUnjudged(metrics: Count, one: UnjudgedTry): void {
  if (one.at === "current password") metrics.count("sallyport_current_passwords_total", { result: "throttled" });
  else if (one.at === "first door") metrics.count("sallyport_logins_total", { way: one.kind, result: "throttled" });
  else {
    const { kind } = one;
    const purpose = one.purpose.toLowerCase();
    metrics.count("sallyport_challenge_answers_total", { purpose, kind, result: "throttled" });
    if (purpose === "login") metrics.count("sallyport_logins_total", { way: kind, result: "throttled" });
  }
}

function countHashing(metrics: Count, one: Extract<Tally, { readonly what: "hashing" }>): void {
  const seated = (by: number) => metrics.move("sallyport_hashing", { state: "seated" }, by);
  const waiting = (by: number) => metrics.move("sallyport_hashing", { state: "waiting" }, by);
  if (one.step === "sits") {
    if (one.waited !== null) waiting(-1);
    seated(1);
    metrics.time("sallyport_hashing_wait_seconds", {}, (one.waited ?? 0) / 1000);
  } else if (one.step === "waits") waiting(1);
  else if (one.step === "left") seated(-1);
  else metrics.count("sallyport_hashing_full_total");
}
