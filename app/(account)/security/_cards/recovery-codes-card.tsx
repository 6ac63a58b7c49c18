import type { CardProps } from "@/app/(account)/security/_cards/card";
import { CardShell } from "@/components/security/card-shell";
import { StatusLine } from "@/components/security/status-line";
import { ButtonLink } from "@/components/ui/button";
import { recoveryNumbers } from "@/lib/factors/recovery/numbers";

/** How many saved codes are left. */
export function RecoveryCodesCard({ overview, say }: CardProps) {
  const { codesLeft, factors } = overview;
  if (factors.length === 0) return null;
  return (
    <CardShell
      title={say("security.codes_title")}
      status={
        <StatusLine tone={codesLeft > recoveryNumbers.lowWater ? "good" : "attention"}>
          {say("security.codes_left", { count: codesLeft })}
        </StatusLine>
      }
      action={
        <ButtonLink look="quiet" href="/security/recovery-codes">
          {say("security.codes_link")}
        </ButtonLink>
      }
    />
  );
}
