import { events } from "@/lib/audit/events";
import { channelNames } from "@/lib/policy/channels";
import { metricsRules } from "@/lib/policy/metrics-rules";
import { bucketOf, throttleRules } from "@/lib/policy/throttle-rules";
import { factorKinds } from "@/lib/policy/traits";
import { trustAmr } from "@/lib/policy/trust";

/** Every label's words. Nothing else is ever a label's value: what is not in the list is `other`. */
type Words = Readonly<Record<string, readonly string[]>>;

/**
 * What is counted, measured or read: `total` only rises, `level` goes up and down, `times` sorts seconds into `upTo`. `sets`: how many combinations of its
 * labels there can be, where not all of them; beyond that many, everything is `other`.
 */
export type Family = {
  readonly is: "total" | "level" | "times";
  readonly help: string;
  readonly labels: Words;
  readonly upTo?: readonly number[];
  readonly sets?: number;
  /** Combinations that stand there with 0 from the start, because an alarm cannot see the first of something that was not there before. All that there can be, unless said. */
  readonly zeros?: readonly Readonly<Record<string, string>>[];
};

/** What stands for every word that is not in its list. */
export const other = "other";

const counters = [...Object.keys(throttleRules), ...factorKinds.flatMap((kind) => bucketOf(kind) ?? [])];
const eventPairs = Object.entries(events).flatMap(([event, { results }]) =>
  results.map((result) => ({ event, result })),
);
const methods = ["GET", "POST"] as const;
/** `503`: "later", which has an alarm of its own; `5xx`: all other faults. */
const statuses = ["2xx", "3xx", "4xx", "5xx", "503"] as const;
const purposes = ["login", "step_up", "reset"] as const;
const channels = { channel: channelNames };

const total = (help: string, labels: Words = {}, sets?: number, zeros?: Family["zeros"]) =>
  ({ is: "total", help, labels, ...(sets !== undefined && { sets }), ...(zeros !== undefined && { zeros }) }) as const;
const level = (help: string, labels: Words = {}) => ({ is: "level", help, labels }) as const;
const times = (help: string, upTo: readonly number[], labels: Words = {}, sets?: number) =>
  ({ is: "times", help, labels, upTo, ...(sets !== undefined && { sets }) }) as const;

/** By what happens here: each is a line of `/metrics` for every combination of its labels that came up. */
export const families = {
  sallyport_logins_total: total("Logins, by what decided: the way of an opened one is its last proof.", {
    way: [...factorKinds, trustAmr],
    result: ["opened", "refused", "throttled"],
  }),
  sallyport_challenge_answers_total: total("Answers at the second door, at a step-up and at a reset.", {
    purpose: purposes,
    kind: factorKinds,
    result: ["right", "half", "wrong", "throttled"],
  }),
  sallyport_current_passwords_total: total("Current passwords that somebody who is in typed and that were refused.", {
    result: ["wrong", "throttled"],
  }),
  sallyport_challenges_ended_total: total("Challenges that ended without an answer, or needed none.", {
    purpose: purposes,
    how: ["died", "cancelled", "skipped"],
  }),
  sallyport_counters_full_total: total("Tries that were refused unjudged, by the counter or window that had no room.", {
    counter: counters,
  }),
  sallyport_events_total: total(
    "Security events, as docs/security/events.md lists them.",
    { event: Object.keys(events), result: ["ok", "refused", "failed"] },
    eventPairs.length + 1,
    eventPairs,
  ),
  sallyport_letters_carried_total: total("Tries to send a letter, by what became of them.", {
    ...channels,
    outcome: ["sent", "later", "parked", "given_back"],
  }),
  sallyport_letters: level("Letters that have not left, but for those that wait for mail while it is off.", {
    ...channels,
    state: ["waiting", "retrying", "parked"],
  }),
  sallyport_letters_oldest_seconds: level("How long the oldest letter has been waiting.", channels),
  sallyport_hashing: level("Passwords that are hashed now, and that wait for a place.", {
    state: ["seated", "waiting"],
  }),
  sallyport_hashing_full_total: total("Logins that were told to come later, because the waiting room was full."),
  sallyport_hashing_wait_seconds: times("How long passwords wait for a place to be hashed.", [0.01, 0.1, 0.5, 1, 3]),
  sallyport_database_pool: level("Connections of the pool for statements in SQL, and who waits for one.", {
    state: ["busy", "idle", "waiting"],
  }),
  sallyport_database_lost_turns_total: total("Statements and transactions that lost against another one.", {
    end: ["again", "given_up"],
  }),
  sallyport_database_answers: level("1 while the database answers what monitoring asks it, 0 while it does not."),
  sallyport_http_requests_total: total(
    "Requests at the public port, by the folder of the page that they lead to.",
    { route: [], method: methods, status: statuses },
    (metricsRules.mostRoutes + 1) * methods.length * statuses.length + statuses.length, // another method has no route
    [],
  ),
  sallyport_http_request_seconds: times(
    "From the head of a request to the end of its answer.",
    [0.03, 0.1, 0.3, 1, 3, 10],
    { route: [] },
    metricsRules.mostRoutes + 1,
  ),
  sallyport_portals_living: level("Portals on this database whose heartbeat is young."),
  sallyport_portal_versions: level("Different versions among the living portals."),
  sallyport_heartbeat_age_seconds: level("How old this portal's own heartbeat is."),
  sallyport_clock_ahead_seconds: level("How far this machine's clock is ahead of the database's."),
  sallyport_changes_overdue: level("Changes of accounts whose time has come and that nobody has done yet."),
  sallyport_changes_untold: level("Changes of accounts that wait, and of which no letter has told anybody."),
  sallyport_events_unsealed_seconds: level(
    "How long the oldest event without a seal has been waiting for it; 0: none waits.",
  ),
  sallyport_backup_made_seconds: level("When the newest backup of the schedule was made, as a Unix time; 0: never."),
  sallyport_backup_every_seconds: level("How often the schedule makes a backup; 0: there is no schedule."),
  sallyport_open: level("1 while everybody is served who comes."),
  sallyport_data_free_bytes: level("Free space where DATA_DIR is."),
  sallyport_metrics_faults_total: total("Things that could not be counted."),
  sallyport_info: level("1; its label is the version that runs.", { version: [] }),
} as const satisfies Readonly<Record<string, Family>>;

export type FamilyName = keyof typeof families;

/** Labels whose words are known only when it runs: which routes the build has, which version this is. */
export type Found = { readonly route: readonly string[]; readonly version: readonly string[] };

/** The families with these words in them. */
export function familiesWith(found: Found): ReadonlyMap<string, Family> {
  const fill = ([label, words]: readonly [string, readonly string[]]): [string, readonly string[]] =>
    label === "route" || label === "version" ? [label, found[label].slice(0, metricsRules.mostRoutes)] : [label, words];
  return new Map(
    Object.entries<Family>(families).map(([name, family]) => [
      name,
      { ...family, labels: Object.fromEntries(Object.entries(family.labels).map(fill)) },
    ]),
  );
}

/** The combinations of a counter that stand there from the start. */
export function zerosOf({ is, labels, zeros }: Family): readonly Readonly<Record<string, string>>[] {
  if (is !== "total") return [];
  const all = (
    sofar: readonly Readonly<Record<string, string>>[],
    [label, words]: readonly [string, readonly string[]],
  ) => sofar.flatMap((one) => words.map((word) => ({ ...one, [label]: word })));
  return zeros ?? Object.entries(labels).reduce(all, [{}]);
}

/** How many combinations of its labels a family can have, `other` in each of them included. */
export function setsOf({ labels, sets }: Family): number {
  return sets ?? Object.values(labels).reduce((product, words) => product * (words.length + 1), 1);
}

/** How many lines a family can become. */
export function seriesOf(family: Family): number {
  return setsOf(family) * (family.upTo === undefined ? 1 : family.upTo.length + 3);
}
