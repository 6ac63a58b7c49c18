import type { CardProps } from "@/app/security/_cards/card";
import { CardShell } from "@/components/security/card-shell";
import { StatusLine } from "@/components/security/status-line";
import { ButtonLink } from "@/components/ui/button";
import { dayOf } from "@/lib/messages/moments";

/** When the password was last chosen, and the way to choose another. */
export function PasswordCard({ overview, say, language }: CardProps) {
  const { passwordChangedAt } = overview;
  return (
    <CardShell
      title={say("security.password_title")}
      status={
        passwordChangedAt && (
          <StatusLine tone="neutral">
            {say("security.password_changed", { when: dayOf(passwordChangedAt, language) })}
          </StatusLine>
        )
      }
      action={
        <ButtonLink look="quiet" href="/security/password">
          {say("security.password_link")}
        </ButtonLink>
      }
    />
  );
}
