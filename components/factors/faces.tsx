import { emailFace } from "@/components/factors/email/face";
import type { BoundFace, Face } from "@/components/factors/face";
import { passkeyFace } from "@/components/factors/passkey/face";
import { passwordFace } from "@/components/factors/password/face";
import { recoveryFace } from "@/components/factors/recovery/face";
import { smsFace } from "@/components/factors/sms/face";
import { totpFace } from "@/components/factors/totp/face";
import type { BoundKind, FactorKind } from "@/lib/policy/traits";

/** Every kind's face. Forget one and it does not compile. */
export const faces: Readonly<Record<FactorKind, Face> & Record<BoundKind, BoundFace>> = {
  passkey: passkeyFace,
  totp: totpFace,
  sms: smsFace,
  email: emailFace,
  recovery: recoveryFace,
  password: passwordFace,
};
