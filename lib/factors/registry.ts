import type { FactorKind } from "@/lib/factors/factor";
import { passwordStrategy } from "@/lib/factors/password/strategy";
import { recoveryStrategy } from "@/lib/factors/recovery/strategy";
import type { FactorStrategy } from "@/lib/factors/strategy";
import { totpStrategy } from "@/lib/factors/totp/strategy";

/** Every kind of proof. Forget one and it does not compile. */
export const strategies: Readonly<Record<FactorKind, FactorStrategy>> = {
  totp: totpStrategy,
  recovery: recoveryStrategy,
  password: passwordStrategy,
};
