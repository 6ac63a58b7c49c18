import { strategies } from "@/lib/factors/registry";
import type { OtpDelivery } from "@/lib/factors/strategy";
import type { FactorKind } from "@/lib/policy/traits";

/** How the codes of a kind are sent; null for kinds whose answer is at hand, or made in the browser. */
export function otpDeliveryOf(kind: FactorKind): OtpDelivery | null {
  const { prepare } = strategies[kind];
  return prepare?.how === "send" ? prepare : null;
}
