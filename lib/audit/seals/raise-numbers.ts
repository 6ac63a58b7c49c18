import { recordEvent } from "@/lib/audit/record-event";
import { isSound } from "@/lib/audit/seals/sound-seals";
import { findNewestSeal, highest, listSignedBefore, raiseGiven, readNumbers } from "@/lib/audit/seals/store";
import type { Ctx } from "@/lib/context/context";
import { isEventMac } from "@/lib/crypto/event-mac";
import { type RawDb, rawOf } from "@/lib/db/client";
import { auditRules } from "@/lib/policy/audit-rules";

/** `right`: numbers are given behind everything that a portal wrote. `forged`: the newest seal is nobody's who has the key, so it says nothing about numbers. */
export type Raised =
  | { readonly kind: "right" }
  | { readonly kind: "forged"; readonly seal: bigint }
  | { readonly kind: "raised"; readonly from: bigint; readonly to: bigint };

/**
 * Where somebody has set the numbers of events back, lets them go on behind the newest seal and the newest event that a portal wrote. Behind the seal alone they would meet the
 * events that wait for the next one, and whatever is to be recorded then would be refused. An event that was written by hand counts for nothing: one of them under the highest number would
 * leave none to the next.
 */
export async function raiseNumbers(ctx: Ctx, by: string): Promise<Raised> {
  const db = rawOf(ctx.db);
  const [numbers, newest] = [await readNumbers(db), await findNewestSeal(db)];
  if (newest !== null && !(await isSound(db, newest))) return { kind: "forged", seal: newest.number };
  const sealed = newest?.lastId ?? 0n;
  const written = await newestWritten(db, numbers.given > sealed ? numbers.given : sealed);
  const to = written ?? sealed;
  if (to <= numbers.given) return { kind: "right" };
  await raiseGiven(ctx, to);
  const meta = { by, from: String(numbers.given), to: String(to) };
  await recordEvent(ctx, { name: "events.renumbered", subjectId: null, meta });
  return { kind: "raised", from: numbers.given, to };
}

/** The highest number beyond `beyond` under which stands an event that a portal wrote; null: none does. The very highest that there is can be nobody's. */
async function newestWritten(db: RawDb, beyond: bigint): Promise<bigint | null> {
  for (let before = highest; before > beyond; ) {
    const events = await listSignedBefore(db, before, auditRules.page);
    const found = events.find(({ id, mac, text }) => id > beyond && mac !== null && isEventMac(mac, text));
    if (found !== undefined) return found.id;
    before = events.at(-1)?.id ?? beyond;
  }
  return null;
}
