import { config } from "@/lib/config/config";
import type { ChannelName } from "@/lib/policy/channels";
import { type BoundKind, traits } from "@/lib/policy/traits";

/** Can the portal ask for this kind at present? What needs no channel always, any other where the operator lists it and its channel is on. */
export function isUsable(kind: BoundKind): boolean {
  const { alwaysOffered, channel } = traits[kind];
  return alwaysOffered || (config().secondFactor.kinds.includes(kind) && (channel === null || isChannelOn(channel)));
}

/** `SMS_ENABLED` is the switch that ends text messages at once. */
export function isChannelOn(channel: ChannelName): boolean {
  const { mail, sms, phones } = config();
  return channel === "mail" ? mail.kind !== "off" : sms.kind !== "off" && phones.enabled;
}
