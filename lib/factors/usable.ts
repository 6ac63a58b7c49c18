import { config } from "@/lib/config/config";
import type { BoundKind } from "@/lib/factors/factor";

/** What brings the answers of a kind to the person; null for what they have at hand. */
export type ChannelOfKind = "mail" | "sms" | null;

/** Can the portal ask for this kind at present? Authenticator apps always, any other where the operator lists it and its channel is on. */
export function isUsable(kind: BoundKind, channel: ChannelOfKind): boolean {
  return kind === "totp" || (config().secondFactor.kinds.includes(kind) && isChannelOn(channel));
}

/** `SMS_ENABLED` is the switch that ends text messages at once. */
export function isChannelOn(channel: ChannelOfKind): boolean {
  const { mail, sms, phones } = config();
  if (channel === "mail") return mail.kind !== "off";
  if (channel === "sms") return sms.kind !== "off" && phones.enabled;
  return true;
}
