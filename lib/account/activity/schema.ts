import * as z from "zod";
import { activityFilters } from "@/lib/account/activity/sentences";

/** What an address asks of the activity page; what it cannot read is the newest of everything. */
export const activityQuery = z.object({
  show: z.enum(activityFilters).catch("all"),
  before: z
    .string()
    .regex(/^\d{1,15}-\d{1,18}$/)
    .transform((place) => {
      const [at = "", id = ""] = place.split("-");
      return { at: new Date(Number(at)), id };
    })
    .nullable()
    .catch(null),
});

/** The session that an event belongs to, as events name it. */
export const notMeInput = z.strictObject({ session: z.string().regex(/^[\w-]{8}$/) });
