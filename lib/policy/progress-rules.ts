import { seconds } from "@/lib/kernel/duration";

/** How work that takes its time says how far it is. */
export const progressRules = {
  quiet: seconds(2), // what takes longer is told of
  redraw: seconds(0.2), // the bar on a terminal
  tellAgain: seconds(5), // a line elsewhere
} as const;
