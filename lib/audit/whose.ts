import type { ClosedTo, Counter } from "@/lib/policy/throttle-rules";

/**
 * Under this key events keep whose something is: which counter a try was consumed from, to whom a kind is closed, through which client a session
 * was opened. Rows are read again for as long as they are kept, and logs by others: key and words stay as the first version wrote them.
 */
export const whose = "lane";

const counters = { device: "trusted", strangers: "untrusted", address: "address" } as const satisfies Record<
  Counter | "address",
  string
>;

/** What an event says of what a login was consumed from: a counter of passwords, or the windows of an address. */
export const consumedFrom = (counter: Counter | "address") => ({ [whose]: counters[counter] });

/** As events say it, and letters too. */
export const closings = { strangers: "untrusted", everybody: "all" } as const satisfies Record<ClosedTo, string>;

/** What an event and its letter say of to whom something is closed. */
export const closedTo = (to: ClosedTo) => ({ [whose]: closings[to] });
