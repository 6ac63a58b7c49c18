import * as z from "zod";
import { activityFilters } from "@/lib/account/activity/sentences";

/** What the activity page shows: events, or the letters that were written about the account. */
export const activityViews = [...activityFilters, "letters"] as const;

/** What an address asks of the activity page; what it cannot read is the newest of everything. */
export const activityQuery = z.object({
  show: z.enum(activityViews).catch("all"),
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

/** What was asked, as it was read. */
export type AskedActivity = z.infer<typeof activityQuery>;

/** The session that an event belongs to, as events name it. */
export const notMeInput = z.strictObject({ session: z.string().regex(/^[\w-]{8}$/) });
