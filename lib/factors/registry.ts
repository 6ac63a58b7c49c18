import { emailStrategy } from "@/lib/factors/email/strategy";
import { passkeyStrategy } from "@/lib/factors/passkey/strategy";
import { passwordStrategy } from "@/lib/factors/password/strategy";
import { recoveryStrategy } from "@/lib/factors/recovery/strategy";
import { smsStrategy } from "@/lib/factors/sms/strategy";
import type { FactorStrategy } from "@/lib/factors/strategy";
import { totpStrategy } from "@/lib/factors/totp/strategy";
import type { FactorKind } from "@/lib/policy/traits";

/** Every kind of proof. Forget one and it does not compile. */
export const strategies: Readonly<Record<FactorKind, FactorStrategy>> = {
  passkey: passkeyStrategy,
  totp: totpStrategy,
  sms: smsStrategy,
  email: emailStrategy,
  recovery: recoveryStrategy,
  password: passwordStrategy,
};
