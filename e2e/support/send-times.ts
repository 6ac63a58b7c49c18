import type { House } from "@/e2e/support/house";

type Whose = { readonly userId: string };

/** As if a minute had passed since the last code of this person: another may be asked for. */
export async function aMinuteLater(house: House, { userId }: Whose): Promise<void> {
  await house.sql("UPDATE one_time_codes SET created_at = created_at - interval '61 seconds' WHERE user_id = $1", [
    userId,
  ]);
  await house.sql(
    `UPDATE buckets SET window_start = window_start - interval '61 seconds'
     FROM (SELECT id FROM challenges WHERE user_id = $1 UNION SELECT id FROM sessions WHERE user_id = $1) AS step
     WHERE starts_with(key, 'send.gap:' || step.id || ':')`,
    [userId],
  );
}

/** Policy demands a second factor of this person from now on, and takes codes by e-mail for one. */
export async function demandFactorOf(house: House, { userId }: Whose): Promise<void> {
  await house.sql("UPDATE users SET policy = $2 WHERE id = $1", [
    userId,
    JSON.stringify({ demand: "on", emailCounts: true }),
  ]);
}
