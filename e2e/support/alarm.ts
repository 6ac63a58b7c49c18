import { openSessionOf } from "@/e2e/support/entry";
import type { House, Resident } from "@/e2e/support/house";
import { type AlarmKind, newAlarmLink } from "@/lib/links/alarm-link";

/** The link of an alarm, as the letter about it has it, and the cookie of the session that it is about. */
export type RaisedAlarm = { readonly path: string; readonly cookie: string };

/** Lets somebody in from a browser called "Stories" and makes the link that a letter about it would carry; no letter is written. */
export async function raiseAlarm(house: House, person: Resident, kind: AlarmKind = "device.new"): Promise<RaisedAlarm> {
  const { cookie, id } = await openSessionOf(house, person);
  const [session] = await house.sql("SELECT challenge_id, created_at FROM sessions WHERE id = $1", [id]);
  const { userId } = person;
  const link = await newAlarmLink(house.ctx, { kind, userId, challengeId: String(session?.challenge_id) });
  await house.sql("UPDATE one_time_links SET created_at = $2 WHERE user_id = $1 AND purpose LIKE 'alarm%'", [
    userId,
    session?.created_at,
  ]);
  return { path: new URL(link).pathname, cookie };
}
