import { config } from "@/lib/config/config";
import type { ChannelName } from "@/lib/policy/channels";
import { isStrongEnough } from "@/lib/policy/strength";
import { type BoundKind, traits } from "@/lib/policy/traits";

/**
 * Can the portal ask anybody for this kind at present? What is strong enough; of that, what needs no channel always, any other where the operator lists it and its
 * channel is on; what is bound to a name where the portal's address has one.
 */
export function isUsable(kind: BoundKind): boolean {
  const { alwaysOffered, channel, needsName } = traits[kind];
  if (!isStrongEnough(kind, config().secondFactor.strength)) return false;
  if (needsName && config().relyingParty === null) return false;
  return alwaysOffered || (config().secondFactor.kinds.includes(kind) && (channel === null || isChannelOn(channel)));
}

/** `SMS_ENABLED` is the switch that ends text messages at once. */
export function isChannelOn(channel: ChannelName): boolean {
  const { mail, sms, phones } = config();
  return channel === "mail" ? mail.kind !== "off" : sms.kind !== "off" && phones.enabled;
}
