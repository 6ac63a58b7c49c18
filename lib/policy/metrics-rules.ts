import { minutes, seconds } from "@/lib/kernel/duration";

/** Every number about what monitoring reads, each with its reason. */
export const metricsRules = {
  mostSeries: 2_000, // of one portal, whatever strangers send: a Prometheus keeps each for weeks
  mostRoutes: 70, // a build has some sixty; what would be more is counted as others
  kept: seconds(15), // what the database was asked is told again as long: the usual time between two scrapes
  overdue: minutes(5), // a change is done within a minute of its time; then somebody should look
  patience: seconds(3), // a database that hangs costs its own figures, and no scrape: Prometheus gives up after ten
} as const;
