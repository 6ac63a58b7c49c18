import type { RawCtx } from "@/lib/context/context";
import { canLeave } from "@/lib/letters/queue-letters";
import { passwordWaits } from "@/lib/notices/kinds/password-waits";
import { isWaiting } from "@/lib/notices/store";
import { tellGathered } from "@/lib/notices/tell-gathered";

/** The counter that a wrong password was consumed from. `subject`: a person's id, or what stands for a name that nobody has. */
export type WrongPassword = { readonly key: string; readonly subject: string };

/**
 * A wrong password began a wait for strangers: its owner is told, once per wait. An unknown name costs the same work, so that the time of the
 * answer does not tell who exists (ASVS 5.0, 6.3.8). One query; none while mail is off.
 */
export async function noticeWaitingPassword(ctx: RawCtx, { key, subject }: WrongPassword): Promise<void> {
  if (!canLeave("mail") || !(await isWaiting(ctx, key))) return;
  await tellGathered(ctx, { notice: passwordWaits, subject, challengeId: null });
}
