import { days, hours, seconds } from "@/lib/kernel/duration";

/** Every number about changes that wait, each with its reason; how long they usually wait is the operator's to say (`CHANGES_WAIT_HOURS`). */
export const pendingRules = {
  /** For so long a browser is known, and a factor or an address is confirmed, before it counts: a thief is found sooner. */
  settledFor: days(7),
  /** Where nobody could be told: the owner may come by in that time, and the administrators know. */
  untold: hours(72),
  /** A deleted account cannot be had back; over a week somebody reads their mail. */
  deletion: days(7),
  /** From the moment on at which a download of data is allowed. */
  downloadFor: hours(24),
  /** How often each portal looks for what is due, or for a letter that has left. */
  poll: seconds(2),
  /** How many changes are read at a time: a look reads on until it has met all that can be moved. */
  atOnce: 50,
} as const;
