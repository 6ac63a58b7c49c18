import type { House } from "@/e2e/support/house";

type Someone = { readonly userId: string };

/** What strangers have done to this account in days: an hour's wait from now on, for all but its owner's browsers. */
export const keepWaiting = (house: House, { userId }: Someone) =>
  house.sql(
    `INSERT INTO buckets (key, fails, orphans, window_start, blocked_until, updated_at)
     VALUES ('password.untrusted:' || $1, 90, 90, now(), now() + interval '1 hour', now())
     ON CONFLICT (key) DO UPDATE SET fails = 90, blocked_until = now() + interval '1 hour'`,
    [userId],
  );
