import { config } from "@/lib/config/config";
import type { RawCtx } from "@/lib/context/context";
import { later } from "@/lib/kernel/duration";
import { type AlarmPurpose, linkHash, newLinkToken } from "@/lib/links/link";
import { addLink, expireLinks } from "@/lib/links/store";
import { policy } from "@/lib/policy/policy";

/** Alarms whose letter leads to the page with the button; the word is a part of every look-up. */
export const alarmKinds = ["device.new", "second_step.wrong"] as const;

export type AlarmKind = (typeof alarmKinds)[number];

const purposes = {
  "device.new": "alarm.device",
  "second_step.wrong": "alarm.second_step",
} as const satisfies Record<AlarmKind, AlarmPurpose>;

/** The purposes of alarm links, as their rows have them. */
export const alarmPurposes: readonly AlarmPurpose[] = Object.values(purposes);

/** Which alarm a row's purpose stands for, or null. */
export const alarmOfPurpose = (purpose: string): AlarmKind | null =>
  alarmKinds.find((kind) => purposes[kind] === purpose) ?? null;

type Alarm = { readonly kind: AlarmKind; readonly userId: string; readonly challengeId: string | null };

/**
 * A link to the page where one press contains the damage: 256 random bits, stored as their SHA-256, good for 72 hours and once. Opening
 * it changes nothing, so that a scanner of mails may.
 */
export async function newAlarmLink(tx: RawCtx, { kind, userId, challengeId }: Alarm): Promise<string> {
  const purpose = purposes[kind];
  const token = newLinkToken(tx, purpose);
  const expiresAt = later(tx.now, policy.link.alarm);
  await addLink(tx, { hash: linkHash(token, purpose) ?? "", purpose, userId, challengeId, expiresAt });
  return `${config().appUrl}/alarm/${token}`;
}

/**
 * Every open alarm link of a person ends: a link asks whether the password is still the same one, not for the stamp, so it would outlive
 * the mailbox that it was sent to, and a reset too, where a passkey is bound after it.
 */
export const endAlarmLinks = (tx: RawCtx, userId: string): Promise<void> => expireLinks(tx, userId, alarmPurposes);

/** The hash to look a token up by, or null for what can be none: it never reaches the database. All alarms have one form of token. */
export const alarmHash = (token: unknown): string | null => linkHash(token, "alarm.device");
