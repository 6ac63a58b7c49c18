import type { House, Resident } from "@/e2e/support/house";

/** As if everything of this account, its browser too, had been there for a month, and its login was some minutes ago: a proof now makes it settled. */
export async function settle(house: House, { userId }: Resident): Promise<void> {
  const month = "now() - interval '30 days'";
  await house.sql(`UPDATE devices SET created_at = ${month} WHERE user_id = $1`, [userId]);
  await house.sql(`UPDATE factors SET confirmed_at = ${month} WHERE user_id = $1`, [userId]);
  await house.sql(`UPDATE users SET created_at = ${month}, password_changed_at = ${month} WHERE id = $1`, [userId]);
  await house.sql("UPDATE sessions SET auth_time = now() - interval '5 minutes' WHERE user_id = $1", [userId]);
}

/** What waits for somebody is due now. */
export const letItBeDue = (house: House, { userId }: Resident) =>
  house.sql("UPDATE pending_changes SET told_at = now(), due_at = now() WHERE user_id = $1 AND state = 'WAITING'", [
    userId,
  ]);

/** As if the last proof in this session lay eleven minutes back: the next dangerous page asks for another. */
export const elevenMinutesAgo = (house: House, sessionId: string) =>
  house.sql("UPDATE sessions SET proven_at = now() - interval '11 minutes' WHERE id = $1", [sessionId]);
