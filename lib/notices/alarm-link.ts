import { config } from "@/lib/config/config";
import type { RawCtx } from "@/lib/context/context";
import { sha256 } from "@/lib/crypto/digest";
import { later } from "@/lib/kernel/duration";
import { tokenIn } from "@/lib/kernel/pasted-token";
import { expireAlarmLinks, insertAlarmLink } from "@/lib/notices/store";
import { policy } from "@/lib/policy/policy";

/** Alarms whose letter leads to the page with the button; the word is a part of every look-up. */
export const linkedAlarms = ["device.new", "second_step.wrong"] as const;

export type LinkedAlarm = (typeof linkedAlarms)[number];

const purposes = {
  "device.new": "alarm.device",
  "second_step.wrong": "alarm.second_step",
} as const satisfies Record<LinkedAlarm, string>;

/** The purposes of alarm links, as their rows have them. */
export const alarmPurposes: readonly string[] = Object.values(purposes);

/** Which alarm a row's purpose stands for, or null. */
export const alarmOfPurpose = (purpose: string): LinkedAlarm | null =>
  linkedAlarms.find((kind) => purposes[kind] === purpose) ?? null;

type Alarm = { readonly kind: LinkedAlarm; readonly userId: string; readonly challengeId: string | null };

/**
 * A link to the page where one press contains the damage: 256 random bits, stored as their SHA-256, good for 72 hours and once. Opening
 * it changes nothing, so that a scanner of mails may.
 */
export async function newAlarmLink(tx: RawCtx, { kind, userId, challengeId }: Alarm): Promise<string> {
  const token = `alm_${tx.random.token()}`;
  const expiresAt = later(tx.now, policy.link.alarm);
  await insertAlarmLink(tx, { hash: sha256(token), purpose: purposes[kind], userId, challengeId, expiresAt });
  return `${config().appUrl}/alarm/${token}`;
}

/**
 * Every open alarm link of a person ends: a link asks whether the password is still the same one, not for the stamp, so it would outlive
 * the mailbox that it was sent to.
 */
export const endAlarmLinks = (tx: RawCtx, userId: string): Promise<void> => expireAlarmLinks(tx, userId, alarmPurposes);

/** The hash to look a token up by, or null for what can be none: it never reaches the database. */
export function alarmHash(token: unknown): string | null {
  const made = typeof token === "string" ? tokenIn(token) : "";
  return /^alm_[\w-]{43}$/.test(made) ? sha256(made) : null;
}
