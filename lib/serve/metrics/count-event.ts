import type { EventName } from "@/lib/audit/events";
import type { Tally } from "@/lib/kernel/tally";
import { kindOfAmr } from "@/lib/policy/kinds";
import { bothDoors, firstDoor } from "@/lib/policy/traits";
import type { Metrics } from "@/lib/serve/metrics/registry";
import { isLimit } from "@/lib/throttle/counting-unjudged";

type Told = Extract<Tally, { readonly what: "event" }>;

/** An event that stands for several, because only so many of its kind are written down, counts for all of them. */
export function countEvent(metrics: Pick<Metrics, "count">, { name, result, meta }: Told): void {
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
  metrics: Pick<Metrics, "count">,
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
