import * as z from "zod";
import { wholeNumber } from "@/lib/config/reading";
import { logLevels } from "@/lib/kernel/log";

/** The keys of what the portal writes down. */
export const recordSettings = {
  EVENTS_KEEP: wholeNumber(30, 3_650).default(400).meta({
    shown: "400",
    description:
      "How many days events stay (the table security_events, and what people read about their account): 30 to 3650. Older ones are deleted, whole seals at a time. Fewer cannot be taken back.",
  }),
  LOG_LEVEL: z.enum(logLevels, "must be info, event, warning or error.").default("info").meta({
    shown: "info",
    description:
      "What goes to stdout: info (everything), event (without lines that are only for information), warning (without events too: the table has them), error. Alarms always do.",
  }),
};
