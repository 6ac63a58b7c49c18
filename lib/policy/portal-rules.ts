import { days, hours, minutes, seconds } from "@/lib/kernel/duration";

/** Every number about portals that share a database, each with its reason. */
export const portalRules = {
  beat: seconds(5), // a portal says that it lives
  living: seconds(20), // four beats: one that is late, or a restart of the database, makes nobody dead
  patience: seconds(30), // longer than a portal that was killed still seems to live, and than a restart takes
  askAgain: seconds(1), // while it waits for another portal
  leaving: seconds(2), // a stop does not wait longer for its own row to go: it is old by itself soon
  tellAgain: minutes(1), // a database that is down is one line of the log a minute
  keepsLink: hours(1), // who set a house up this morning has not lost the link that was printed then
  clocksApart: seconds(30), // farther from the database's clock, one of the two is wrong, and nothing is decided by either
  forgotten: days(1), // then the row of a portal that was killed is swept
} as const;
