import type { Face } from "@/components/factors/face";
import { passwordFace } from "@/components/factors/password/face";
import { recoveryFace } from "@/components/factors/recovery/face";
import { totpFace } from "@/components/factors/totp/face";
import type { FactorKind } from "@/lib/factors/factor";

/** Every kind's face. Forget one and it does not compile. */
export const faces: Readonly<Record<FactorKind, Face>> = {
  totp: totpFace,
  recovery: recoveryFace,
  password: passwordFace,
};
