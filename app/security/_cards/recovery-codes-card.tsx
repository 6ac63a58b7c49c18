import type { CardProps } from "@/app/security/_cards/card";
import { CardShell } from "@/components/security/card-shell";
import { CodesLeft } from "@/components/security/codes-left";
import { ButtonLink } from "@/components/ui/button";

/** How many codes are left, and whether they are saved as far as anybody knows. */
export function RecoveryCodesCard({ overview, say }: CardProps) {
  const { codes, factors } = overview;
  if (factors.length === 0) return null;
  return (
    <CardShell
      title={say("security.codes_title")}
      status={<CodesLeft codes={codes} say={say} />}
      action={
        <ButtonLink look="quiet" href="/security/recovery-codes">
          {say("security.codes_link")}
        </ButtonLink>
      }
    />
  );
}
