import type { EventName } from "@/lib/audit/events";
import { faultLine } from "@/lib/kernel/fault-line";
import { logLine } from "@/lib/kernel/log";
import type { Tally, UnjudgedTry } from "@/lib/kernel/tally";
import { kindOfAmr } from "@/lib/policy/kinds";
import { bothDoors, firstDoor } from "@/lib/policy/traits";
import type { Metrics } from "@/lib/serve/metrics/registry";
import { isLimit } from "@/lib/throttle/counting-unjudged";

type Told = Extract<Tally, { readonly what: "event" }>;
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

/** An event that stands for several, because only so many of its kind are written down, counts for all of them. */
function countEvent(metrics: Count, { name, result, meta }: Told): void {
  const leftOut = typeof meta.left_out === "number" ? meta.left_out : 0;
  metrics.count("sallyport_events_total", { event: name, result }, 1 + leftOut);
  meaningOf.get(name)?.(metrics, {
    purpose: String(meta.purpose ?? "").toLowerCase(),
    kind: String(meta.kind ?? ""),
    amr: String(meta.amr ?? ""),
    reason: String(meta.reason ?? ""),
  });
}

type Meaning = (
  metrics: Count,
  meta: { readonly purpose: string; readonly kind: string; readonly amr: string; readonly reason: string },
) => void;

const login =
  (result: "opened" | "refused", way: string): Meaning =>
  (metrics) =>
    metrics.count("sallyport_logins_total", { way, result });
const answer =
  (result: "right" | "half" | "wrong"): Meaning =>
  (metrics, { purpose, kind }) =>
    metrics.count("sallyport_challenge_answers_total", { purpose, kind, result });
const ended =
  (how: "died" | "cancelled" | "skipped"): Meaning =>
  (metrics, { purpose }) =>
    metrics.count("sallyport_challenges_ended_total", { purpose, how });

/** Events that say more than that they happened; of refusals that judged nothing only the first of each wait is one, so `countUnjudged` counts those. */
const meanings: Readonly<Partial<Record<EventName, Meaning>>> = {
  "session.opened": (metrics, meta) => login("opened", lastProof(meta.amr))(metrics, meta),
  "login.password_refused": login("refused", firstDoor),
  "login.passkey_refused": login("refused", bothDoors),
  "challenge.answered": answer("right"),
  "challenge.half_answered": answer("half"),
  "password.change_refused": (metrics, { reason }) => {
    if (reason === "wrong_current") metrics.count("sallyport_current_passwords_total", { result: "wrong" });
  },
  "challenge.refused": (metrics, meta) => {
    if (isLimit(meta.reason)) return;
    answer("wrong")(metrics, meta);
    if (meta.purpose === "login") login("refused", meta.kind)(metrics, meta);
  },
  "challenge.died": ended("died"),
  "challenge.cancelled": ended("cancelled"),
  "challenge.skipped": (metrics, meta) => ended("skipped")(metrics, { ...meta, purpose: "login" }),
};

const meaningOf = new Map<string, Meaning>(Object.entries(meanings));

/** What a session was proven with last, of the words that it keeps. */
function lastProof(amr: string): string {
  const word = amr.slice(amr.lastIndexOf(" ") + 1);
  return kindOfAmr(word) ?? word;
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
