import type { CardProps } from "@/app/security/_cards/card";
import { CardShell } from "@/components/security/card-shell";
import { ButtonLink } from "@/components/ui/button";

/** The way to what happened lately. */
export function ActivityCard({ say }: CardProps) {
  return (
    <CardShell
      title={say("activity.page_title")}
      status={<p className="text-muted">{say("activity.card_text")}</p>}
      action={
        <ButtonLink look="quiet" href="/security/activity">
          {say("activity.look_link")}
        </ButtonLink>
      }
    />
  );
}
