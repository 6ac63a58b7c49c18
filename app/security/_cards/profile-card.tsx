import type { CardProps } from "@/app/security/_cards/card";
import { CardShell } from "@/components/security/card-shell";
import { StatusLine } from "@/components/security/status-line";
import { ButtonLink } from "@/components/ui/button";

/** What apps may call the person. */
export function ProfileCard({ overview, say }: CardProps) {
  const { calledAs: name } = overview;
  return (
    <CardShell
      title={say("profile.page_title")}
      status={
        <StatusLine tone="neutral">
          {name === null ? say("profile.card_unnamed") : say("profile.card_named", { name })}
        </StatusLine>
      }
      action={
        <ButtonLink look="quiet" href="/security/profile">
          {say("profile.edit_link")}
        </ButtonLink>
      }
    />
  );
}
